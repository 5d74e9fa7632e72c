-- One row per source and day of capture.
create or replace view mart.extraction_yield as
select
    page.source,
    page.captured_at::date as day,
    count(*) as articles,
    avg((reading.title <> '')::integer) as title,
    avg((len(reading.authors) > 0)::integer) as authors,
    avg((reading.published_on is not null)::integer) as published_on,
    avg((reading.published_at is not null)::integer) as published_at,
    avg((reading.section is not null)::integer) as section,
    avg((len(reading.tags) > 0)::integer) as tags,
    avg((reading.language is not null)::integer) as language,
    avg((reading.description is not null)::integer) as description,
    avg((len(reading.images) > 0)::integer) as images,
    median(reading.word_count)::integer as median_words
from core.capture as page
inner join core.extraction as reading on page.extraction_id = reading.extraction_id
where page.state = 'article'
group by page.source, page.captured_at::date;

comment on view mart.extraction_yield is 'One row per source and day: the share of the articles read with each field.';
comment on column mart.extraction_yield.source is 'The source.';
comment on column mart.extraction_yield.day is 'Day of capture (UTC).';
comment on column mart.extraction_yield.articles is 'Article pages captured that day.';
comment on column mart.extraction_yield.title is 'Share with a headline, 0 to 1.';
comment on column mart.extraction_yield.authors is 'Share with an author.';
comment on column mart.extraction_yield.published_on is 'Share with a date of publication.';
comment on column mart.extraction_yield.published_at is 'Share with a time of publication.';
comment on column mart.extraction_yield.section is 'Share with a section.';
comment on column mart.extraction_yield.tags is 'Share with a tag.';
comment on column mart.extraction_yield.language is 'Share with a language.';
comment on column mart.extraction_yield.description is 'Share with a description.';
comment on column mart.extraction_yield.images is 'Share with a picture.';
comment on column mart.extraction_yield.median_words is 'Median words of the texts.';
