-- One row per record in the files whose page seems to be kept outside of them too: its place, and the earliest other.
with held as (
    select
        url_id,
        target,
        status,
        payload_digest,
        if(starts_with(warc_file, $root), substr(warc_file, length($root) + 1), warc_file) as warc_file,
        warc_offset,
        warc_length,
        captured_at
    from raw.fetched
    where dropped_at is null and status is not null and status <> 304
),

inside as (
    select *
    from held
    where list_contains($files::varchar[], warc_file)
),

outside as (
    select *
    from held
    where starts_with(warc_file, 'archive/') and not list_contains($files::varchar[], warc_file)
)

select
    inside.warc_file,
    inside.warc_offset,
    outside.warc_file as original_file,
    outside.warc_offset as original_offset,
    outside.warc_length as original_length
from inside
inner join outside
    on
        inside.url_id = outside.url_id
        and inside.payload_digest = outside.payload_digest
        and inside.target = outside.target
        and inside.status = outside.status
qualify
    row_number() over (
        partition by inside.warc_file, inside.warc_offset
        order by outside.captured_at, outside.warc_file, outside.warc_offset
    ) = 1
