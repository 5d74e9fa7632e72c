-- One row per tag: what is written about?
select
    tag,
    count(*) as articles
from mart.tags
group by tag
order by articles desc, tag asc
limit 20
