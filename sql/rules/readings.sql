-- One row per reading of the newest articles of a source: the lines of its text, and those taken out of it.
with newest as (
    select article_id
    from core.article
    where source = $source
    order by last_captured_at desc, article_id asc
    limit $articles
),

shown as (
    select
        capture.extraction_id,
        address.article_id,
        address.url,
        min(capture.captured_at)::date as first_day,
        max(capture.captured_at)::date as last_day
    from core.capture as capture
    inner join core.article_url as address on capture.url_id = address.url_id
    semi join newest on address.article_id = newest.article_id
    where capture.source = $source and capture.state = 'article'
    group by capture.extraction_id, address.article_id, address.url
)

select
    shown.article_id::varchar as article,
    shown.url,
    extraction.title,
    string_split(body.text, chr(10)) as lines,
    list_transform(extraction.dropped, lambda line: line.text) as dropped,
    shown.first_day,
    shown.last_day
from shown
inner join core.extraction as extraction on shown.extraction_id = extraction.extraction_id
inner join core.body as body on extraction.text_id = body.text_id
