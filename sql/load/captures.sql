-- One row per URL, time and page that showed an article or its absence and is not kept yet.
insert into core.capture
with shown as (
    select
        url_id,
        source,
        'article' as state,
        payload_digest,
        extraction_id,
        version,
        content_hash,
        canonical_id,
        captured_at
    from stage
    where disposition = 'article'
    union all
    select
        stage.url_id,
        stage.source,
        'gone' as state,
        '' as payload_digest,
        null as extraction_id,
        null as version,
        null as content_hash,
        null as canonical_id,
        stage.captured_at
    from stage
    where stage.disposition = 'gone'
)

select
    shown.*,
    $now as loaded_at,
    $load_id as load_id
from shown
anti join (
    select
        url_id,
        captured_at,
        payload_digest
    from core.capture
    where captured_at >= $earliest
) as kept
    on
        shown.url_id = kept.url_id
        and shown.captured_at = kept.captured_at
        and shown.payload_digest = kept.payload_digest
qualify
    row_number() over (
        partition by shown.url_id, shown.captured_at, shown.payload_digest order by shown.extraction_id
    ) = 1
