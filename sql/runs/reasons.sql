-- One row per source, outcome and reason of a run, with one of the URLs: the $most frequent.
select
    source,
    outcome,
    reason,
    count(*) as attempts,
    min(url) as example
from ops.attempt
where run_id = $run_id and outcome in ('rejected', 'deferred')
group by source, outcome, reason
order by outcome = 'deferred' asc, attempts desc, source asc, reason asc
limit $most
