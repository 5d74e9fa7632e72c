-- One row per page that a selected one is compared with and that is not selected itself.
-- Both are to be read by the same rules, or the rules would look like the publisher's edit, or hide one.
insert into core.rereading by name
with chosen as (
    select
        url_id,
        captured_at,
        payload_digest
    from core.rereading
    where reextraction_id = $reextraction_id
),

captured as (
    select
        capture.*,
        lead(row(capture.url_id, capture.captured_at, capture.payload_digest)) over (
            partition by address.article_id order by capture.captured_at, capture.payload_digest, capture.url_id
        ) as next_of_article,
        lead(row(capture.url_id, capture.captured_at, capture.payload_digest)) over (
            partition by capture.url_id order by capture.captured_at, capture.payload_digest
        ) as next_of_url
    from core.capture as capture
    inner join core.article_url as address on capture.url_id = address.url_id
    where capture.state = 'article'
)

select
    $reextraction_id::bigint as reextraction_id,
    captured.url_id,
    captured.source,
    'compared' as role,
    captured.captured_at,
    captured.payload_digest,
    'article' as before_state,
    captured.extraction_id as before_id,
    captured.content_hash as before_hash,
    captured.loaded_at as before_loaded_at,
    captured.load_id as before_load_id,
    $load_id as load_id
from captured
anti join chosen
    on
        captured.url_id = chosen.url_id
        and captured.captured_at = chosen.captured_at
        and captured.payload_digest = chosen.payload_digest
where
    captured.next_of_article in (select row(c.url_id, c.captured_at, c.payload_digest) from chosen as c)
    or captured.next_of_url in (select row(c.url_id, c.captured_at, c.payload_digest) from chosen as c)
