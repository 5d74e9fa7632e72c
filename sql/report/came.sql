-- One row per source and stretch of the time shown in which articles of it were captured for the first time (UTC).
select
    source,
    date_trunc($unit, first_seen_at::date)::date as day,
    count(*) as articles
from mart.articles
where first_seen_at >= $since and first_seen_at < $until + 1
group by all
order by day, source
