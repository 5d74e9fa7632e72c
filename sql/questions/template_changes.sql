-- One row per source and day: when did a paper change its furniture?
select
    source,
    day,
    count(*) as articles
from mart.template_changes
group by source, day
order by day desc, source asc
