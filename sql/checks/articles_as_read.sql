-- One row per article that does not say what its reading, or its versions, say: a field, count of versions, end.
-- severity: error
-- Loads write an article with their number whenever its versions change: those since the last clean check are seen.
with written as (
    select *
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
    or written.authors is distinct from reading.authors
    or written.author_kinds is distinct from reading.author_kinds
    or written.section is distinct from reading.section
    or written.tags is distinct from reading.tags
    or written.language is distinct from reading.language
    or written.declared_language is distinct from reading.declared_language
    or written.description is distinct from reading.description
    or written.images is distinct from reading.images
    or written.site_name is distinct from reading.site_name
    or written.access is distinct from reading.access
    or written.text_id is distinct from reading.text_id
    or written.word_count is distinct from reading.word_count
    or written.published_at is distinct from reading.published_at
    or written.published_on is distinct from reading.published_on
    or written.published_precision is distinct from reading.published_precision
    or written.published_offset_minutes is distinct from reading.published_offset_minutes
    or written.published_zone_source is distinct from reading.published_zone_source
    or written.modified_at is distinct from reading.modified_at
    or written.modified_on is distinct from reading.modified_on
    or written.versions is distinct from told.versions
    or written.gone_at is distinct from told.gone_at
order by written.source, written.url
