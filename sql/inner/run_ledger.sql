-- One row per source and outcome of a run.
select
    source,
    outcome,
    count(*) as attempts
from ops.attempt
where run_id = $run_id
group by source, outcome
order by source, outcome
