-- One row per answer that is kept in the files: its place, and what lies there.
select
    if(starts_with(warc_file, $root), substr(warc_file, length($root) + 1), warc_file) as file,
    warc_offset,
    warc_length,
    target,
    coalesce(payload_digest, '') as payload_digest,
    captured_at
from raw.fetched
where dropped_at is null and list_contains($files::varchar[], file)
union all
select
    if(starts_with(warc_file, $root), substr(warc_file, length($root) + 1), warc_file) as file,
    warc_offset,
    warc_length,
    '' as target,
    '' as payload_digest,
    polled_at as captured_at
from raw.poll
where warc_file is not null and list_contains($files::varchar[], file)
order by file, warc_offset, captured_at
