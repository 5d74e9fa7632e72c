-- One row per source, outcome, reason and stretch of the time shown: attempts settled in it (UTC).
select
    source,
    outcome,
    reason,
    date_trunc($unit, attempted_at::date)::date as day,
    count(*) as attempts
from ops.attempt
where attempted_at >= $since and attempted_at < $until + 1
group by all
order by all
