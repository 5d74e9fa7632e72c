-- One row per source and stretch of the time shown: article pages read, and in how many each field was found.
select
    page.source,
    date_trunc($unit, page.captured_at::date)::date as day,
    count(*) as articles,
    count(*) filter (reading.title <> '') as title,
    count(*) filter (len(reading.authors) > 0) as authors,
    count(*) filter (reading.published_on is not null) as published_on,
    count(*) filter (reading.published_at is not null) as published_at,
    count(*) filter (reading.section is not null) as section,
    count(*) filter (len(reading.tags) > 0) as tags,
    count(*) filter (reading.language is not null) as language,
    count(*) filter (reading.description is not null) as description,
    count(*) filter (len(reading.images) > 0) as images
from core.capture as page
inner join core.extraction as reading on page.extraction_id = reading.extraction_id
where page.state = 'article' and page.captured_at >= $since and page.captured_at < $until + 1
group by all
order by day, source
