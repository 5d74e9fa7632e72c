-- One row per source: how long does an article take from publication to the table?
select
    source,
    median(median_minutes_to_load) as minutes
from mart.latency
where day > $now::date - 30
group by source
order by minutes desc, source asc
