-- One row per answer of the batch that is not kept yet.
insert into raw.fetched by name
with answer as (
    select
        url_id,
        target,
        status,
        content_type,
        etag,
        last_modified,
        payload_digest,
        body_bytes,
        robots_line,
        coalesce(opt_outs, []) as opt_outs,
        warc_file,
        warc_offset,
        warc_length,
        captured_at,
        $load_id as load_id
    from stage
)

select answer.*
from answer
anti join (
    select
        url_id,
        captured_at,
        warc_file,
        warc_offset
    from raw.fetched
    where captured_at >= $earliest
) as kept
    on
        answer.url_id = kept.url_id
        and answer.captured_at = kept.captured_at
        and answer.warc_file = kept.warc_file
        and answer.warc_offset = kept.warc_offset
