-- One row per article that is new or read anew.
insert into core.article by name
with fresh as (
    select present.*
    from present
    anti join core.article as kept on present.article_id = kept.article_id
)

select
    fresh.article_id,
    fresh.url_id,
    fresh.source,
    fresh.url,
    extraction.title,
    extraction.authors,
    extraction.author_kinds,
    extraction.section,
    extraction.tags,
    extraction.language,
    extraction.declared_language,
    extraction.description,
    extraction.images,
    extraction.site_name,
    extraction.access,
    body.text,
    extraction.text_id,
    extraction.word_count,
    fresh.versions,
    fresh.extraction_id,
    extraction.published_at,
    extraction.published_on,
    extraction.published_precision,
    extraction.published_offset_minutes,
    extraction.published_zone_source,
    extraction.modified_at,
    extraction.modified_on,
    fresh.first_seen_at,
    fresh.last_captured_at,
    fresh.gone_at,
    $load_id as load_id
from fresh
inner join core.extraction as extraction on fresh.extraction_id = extraction.extraction_id
inner join core.body as body on extraction.text_id = body.text_id
order by extraction.published_at nulls first, fresh.article_id
