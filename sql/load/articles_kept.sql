-- One row per article that is new or read anew.
insert into core.article by name
with fresh as (
    select present.*
    from present
    anti join article_before as kept
        on present.article_id = kept.article_id and present.extraction_id = kept.extraction_id
)

select
    fresh.article_id,
    fresh.url_id,
    fresh.source,
    fresh.url,
    reading.title,
    reading.authors,
    reading.author_kinds,
    reading.section,
    reading.tags,
    reading.language,
    reading.declared_language,
    reading.description,
    reading.images,
    reading.site_name,
    reading.access,
    reading.text,
    reading.text_id,
    reading.word_count,
    fresh.versions,
    fresh.extraction_id,
    reading.published_at,
    reading.published_on,
    reading.published_precision,
    reading.published_offset_minutes,
    reading.published_zone_source,
    reading.modified_at,
    reading.modified_on,
    fresh.first_seen_at,
    fresh.last_captured_at,
    fresh.gone_at,
    $load_id as load_id
from fresh
inner join needed as reading on fresh.extraction_id = reading.extraction_id
order by reading.published_at nulls first, fresh.article_id
