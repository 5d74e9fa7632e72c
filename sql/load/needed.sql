-- One row per reading that the batch's versions and articles need, with its text.
create or replace temp view needed as
select
    extraction_id,
    title,
    authors,
    author_kinds,
    section,
    tags,
    language,
    declared_language,
    description,
    images,
    site_name,
    access,
    text,
    text_id,
    word_count,
    published_at,
    published_on,
    published_precision,
    published_offset_minutes,
    published_zone_source,
    modified_at,
    modified_on
from stage
where extraction_id is not null and not is_repeated
union all
select
    extraction_id,
    title,
    authors,
    author_kinds,
    section,
    tags,
    language,
    declared_language,
    description,
    images,
    site_name,
    access,
    text,
    text_id,
    word_count,
    published_at,
    published_on,
    published_precision,
    published_offset_minutes,
    published_zone_source,
    modified_at,
    modified_on
from older
