-- One row per article, as it was last read.
create or replace view mart.articles as
select
    article_id,
    cluster_id,
    source,
    url,
    title,
    authors,
    section,
    tags,
    language,
    description,
    text,
    word_count,
    site_name,
    access,
    images,
    versions,
    published_at,
    published_on,
    published_precision,
    published_offset_minutes,
    published_zone_source,
    modified_at,
    modified_on,
    first_seen_at,
    last_captured_at,
    gone_at,
    extraction_id
from core.article;

comment on view mart.articles is 'One row per article, as it was last read.';
comment on column mart.articles.article_id is 'Given once and kept; JSON prints it as a string.';
comment on column mart.articles.cluster_id is
'Copies of one text share it (mart.clusters): count(distinct cluster_id) counts texts, not copies.';
comment on column mart.articles.source is 'The source that had it first.';
comment on column mart.articles.url is 'Its URL: the canonical one if that was read, else the first that was.';
comment on column mart.articles.title is 'Headline.';
comment on column mart.articles.authors is 'Authors as printed, in order.';
comment on column mart.articles.section is 'Section of the paper.';
comment on column mart.articles.tags is 'Tags and keywords.';
comment on column mart.articles.language is 'Language of the text (ISO 639-1).';
comment on column mart.articles.description is 'Summary that the page gives.';
comment on column mart.articles.text is 'The text, paragraphs divided by line breaks.';
comment on column mart.articles.word_count is 'Words of the text.';
comment on column mart.articles.site_name is 'Name of the paper as the page gives it.';
comment on column mart.articles.access is 'free, metered or paid.';
comment on column mart.articles.images is 'Pictures: url, caption, credit.';
comment on column mart.articles.versions is 'How many versions we saw.';
comment on column mart.articles.published_at is 'Time of publication (UTC); null where only the day is known.';
comment on column mart.articles.published_on is 'Date of publication in the publisher''s calendar.';
comment on column mart.articles.published_precision is 'day, minute or second.';
comment on column mart.articles.published_offset_minutes is 'Publisher''s offset from UTC, minutes; null: unknown.';
comment on column mart.articles.published_zone_source is 'Where the zone came from: page, site, source, unknown.';
comment on column mart.articles.modified_at is 'Time of the last change as the page gives it (UTC).';
comment on column mart.articles.modified_on is 'Date of the last change in the publisher''s calendar.';
comment on column mart.articles.first_seen_at is 'Time of its first capture.';
comment on column mart.articles.last_captured_at is 'Time of its last capture.';
comment on column mart.articles.gone_at is 'When it was found gone; null: it was there when last asked for.';
comment on column mart.articles.extraction_id is 'The reading, for evidence.evidence.';
