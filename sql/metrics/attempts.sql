-- One row per source, outcome and reason: how many attempts ever ended so.
select
    source,
    outcome,
    coalesce(reason, '') as reason,
    count(*) as attempts
from ops.attempt
group by source, outcome, coalesce(reason, '')
order by source, outcome, coalesce(reason, '')
