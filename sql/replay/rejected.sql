-- One row per answer that was rejected when it was last read: why, and where it is kept. In the order of the archive.
-- Without reasons: those that reading decides, which are the answers with a page in them.
with last as (
    select
        url_id,
        captured_at,
        arg_max(url, row(load_id, attempted_at)) as url,
        arg_max(source, row(load_id, attempted_at)) as source,
        arg_max(outcome, row(load_id, attempted_at)) as outcome,
        arg_max_null(reason, row(load_id, attempted_at)) as reason,
        max(load_id) as load_id
    from ops.attempt
    where captured_at is not null
    group by url_id, captured_at
)

select
    last.url,
    last.source,
    last.reason,
    last.load_id,
    fetched.warc_file,
    fetched.warc_offset,
    fetched.warc_length
from last
inner join raw.fetched as fetched on last.url_id = fetched.url_id and last.captured_at = fetched.captured_at
where
    last.outcome = 'rejected'
    and last.reason <> 'forgotten'
    and fetched.dropped_at is null
    and fetched.warc_file <> ''
    and (
        list_contains($reasons::varchar[], last.reason)
        or (len($reasons::varchar[]) = 0 and fetched.status between 200 and 299)
    )
    and (len($sources::varchar[]) = 0 or list_contains($sources::varchar[], last.source))
    and last.captured_at >= coalesce($since::timestamptz, last.captured_at)
qualify row_number() over (partition by fetched.warc_file, fetched.warc_offset, last.url order by last.captured_at) = 1
order by fetched.warc_file, fetched.warc_offset, last.url
