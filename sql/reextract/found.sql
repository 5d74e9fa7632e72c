-- One row per kept page that is asked for, and how it stands.
create or replace temp table found as
with page as (
    select
        url_id,
        captured_at,
        payload_digest
    from raw.fetched
    where
        status between 200 and 299
        and dropped_at is null
        and warc_file <> ''
        and payload_digest is not null
        and captured_at >= coalesce($since::timestamptz, captured_at)
        and (captured_at < $until::timestamptz or $until is null)
        and (not $narrowed or url_id in (select unnest($url_ids::bigint[])))
    group by all
),

attempt as (
    select
        url_id,
        captured_at,
        arg_max(source, row(load_id, attempted_at)) as source,
        arg_max_null(reason, row(load_id, attempted_at)) as reason
    from ops.attempt
    where captured_at is not null
    group by url_id, captured_at
),

-- A page that was promoted stands as that reading left it.
promoted as (
    select
        url_id,
        captured_at,
        payload_digest,
        arg_max_null(after_reason, promoted_load_id) as reason,
        arg_max_null(after_id, promoted_load_id) as extraction_id
    from core.rereading
    where promoted_load_id is not null
    group by url_id, captured_at, payload_digest
),

-- A rejected page has no capture to name its reading: it is the first that was kept.
first_read as (
    select
        url_id,
        payload_digest,
        arg_min(extraction_id, load_id) as extraction_id
    from core.extraction
    group by url_id, payload_digest
),

standing as (
    select
        page.*,
        coalesce(capture.source, attempt.source) as source,
        if(capture.url_id is null, 'rejected', 'article') as state,
        if(capture.url_id is null, coalesce(promoted.reason, attempt.reason), null) as reason,
        coalesce(capture.extraction_id, promoted.extraction_id, first_read.extraction_id) as extraction_id,
        capture.content_hash,
        capture.loaded_at,
        capture.load_id as capture_load_id
    from page
    left join core.capture as capture
        on
            page.url_id = capture.url_id
            and page.captured_at = capture.captured_at
            and page.payload_digest = capture.payload_digest
            and capture.state = 'article'
    left join attempt on page.url_id = attempt.url_id and page.captured_at = attempt.captured_at
    left join promoted
        on
            page.url_id = promoted.url_id
            and page.captured_at = promoted.captured_at
            and page.payload_digest = promoted.payload_digest
    left join first_read on page.url_id = first_read.url_id and page.payload_digest = first_read.payload_digest
)

select standing.*
from standing
left join core.extraction as reading on standing.extraction_id = reading.extraction_id
where
    (standing.state = 'article' or standing.reason is not null)
    and coalesce(standing.reason, '') <> 'forgotten'
    and (len($sources::varchar[]) = 0 or list_contains($sources::varchar[], standing.source))
    and (len($reasons::varchar[]) = 0 or list_contains($reasons::varchar[], standing.reason))
    and (
        len($versions::varchar[]) = 0
        or len(list_filter($versions::varchar[], lambda version: starts_with(reading.version, version))) > 0
    )
