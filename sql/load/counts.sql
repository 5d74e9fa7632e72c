-- One row per outcome of this load.
select
    outcome,
    count(*) as attempts
from ops.attempt
where load_id = $load_id
group by outcome
