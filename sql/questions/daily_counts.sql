-- One row per source and day: how many articles a day in the last month?
select
    source,
    day,
    articles
from mart.daily_counts
where day > $now::date - 30
order by day desc, source asc
