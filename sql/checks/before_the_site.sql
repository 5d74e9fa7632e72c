-- One row per source with dates ten years before anything was read of it: defaults, or dates of something else.
-- severity: warning
-- An article of an archive has its year in its address, mostly: such are not counted.
with begun as (
    select
        source,
        min(first_seen_at)::date as day
    from core.article
    group by source
)

select
    article.source,
    count(*) as articles,
    mode(article.published_on) as most_often,
    min(article.published_on) as earliest,
    begun.day as first_read,
    min(article.url) as first_url
from core.article as article
inner join begun on article.source = begun.source
where
    article.published_on < begun.day - interval 10 years
    and not contains(article.url, year(article.published_on)::varchar)
group by article.source, begun.day
order by articles desc, article.source asc
