-- One row per day: how often were authors and times of one paper found?
select
    day,
    articles,
    authors,
    published_at
from mart.extraction_yield
where source = $source
order by day desc
limit 60
