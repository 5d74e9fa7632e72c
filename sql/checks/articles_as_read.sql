-- One row per article that does not say what its reading, or its versions, say: headline, text, count of versions, end.
-- severity: error
-- Loads write an article with their number whenever its versions change: those since the last clean check are seen.
with written as (
    select
        article_id,
        source,
        url,
        title,
        text_id,
        word_count,
        versions,
        gone_at,
        extraction_id
    from core.article
    where load_id > $since
),

told as (
    select
        article_id,
        count(extraction_id) as versions,
        arg_max_null(if(extraction_id is null, valid_from, null), number) as gone_at
    from core.article_version
    where article_id in (select written.article_id from written)
    group by article_id
)

select
    written.article_id,
    written.source,
    written.url,
    written.title,
    reading.title as title_as_read,
    written.versions,
    told.versions as versions_kept,
    written.gone_at,
    told.gone_at as gone_at_by_versions
from written
inner join told on written.article_id = told.article_id
inner join core.extraction as reading on written.extraction_id = reading.extraction_id
where
    written.title is distinct from reading.title
    or written.text_id is distinct from reading.text_id
    or written.word_count is distinct from reading.word_count
    or written.versions is distinct from told.versions
    or written.gone_at is distinct from told.gone_at
order by written.source, written.url
