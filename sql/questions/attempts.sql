-- One row per source and reason: why did attempts bring no article?
select
    source,
    reason,
    count(*) as attempts
from mart.attempts
where outcome = 'rejected'
group by source, reason
order by attempts desc, source asc, reason asc
