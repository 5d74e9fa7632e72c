-- One row per record in the files: its place, and the time of the last capture that it is the page of.
with place as (
    select
        if(starts_with(warc_file, $root), substr(warc_file, length($root) + 1), warc_file) as warc_file,
        warc_offset,
        captured_at as used_at
    from raw.fetched
    where dropped_at is null
    union all
    select
        if(starts_with(warc_file, $root), substr(warc_file, length($root) + 1), warc_file) as warc_file,
        warc_offset,
        polled_at as used_at
    from raw.poll
    where warc_file is not null
)

select
    warc_file,
    warc_offset,
    max(used_at) as used_at
from place
where list_contains($files::varchar[], warc_file)
group by warc_file, warc_offset
