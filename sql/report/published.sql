-- One row per source and stretch of the time shown in which it published: by the day in the publisher's calendar.
select
    source,
    date_trunc($unit, published_on)::date as day,
    count(*) as articles
from mart.articles
where published_on between $since and $until
group by all
order by day, source
