-- One row per load some of whose attempts were removed.
update ops.load as load
set attempts = found.attempts
from (
    select
        load.load_id,
        count(attempt.claim_id) as attempts
    from ops.load as load
    left join ops.attempt as attempt on load.load_id = attempt.load_id
    where load.attempts > 0
    group by load.load_id
) as found
where load.load_id = found.load_id and load.attempts <> found.attempts
