-- One row per run and source whose attempts are not the sum of its outcomes, or not as many as its claims.
-- severity: error
with claims as (
    select
        run_id,
        source,
        count(*) as claimed
    from ops.claim
    group by run_id, source
),

attempts as (
    select
        run_id,
        source,
        count(*) as attempted,
        count(*) filter (
            outcome in ('new', 'edited', 'unchanged', 'duplicate', 'gone', 'rejected', 'deferred')
        ) as outcomes
    from ops.attempt
    group by run_id, source
)

select
    run.run_id,
    coalesce(claims.source, attempts.source) as source,
    coalesce(claims.claimed, 0) as claimed,
    coalesce(attempts.attempted, 0) as attempted,
    coalesce(attempts.outcomes, 0) as outcomes
from claims
full join attempts on claims.run_id = attempts.run_id and claims.source = attempts.source
inner join ops.run as run on coalesce(claims.run_id, attempts.run_id) = run.run_id
where
    (run.state <> 'running' or run.run_id = $run_id)
    and (
        claims.claimed is distinct from attempts.attempted
        or attempts.outcomes is distinct from attempts.attempted
    )
order by run.run_id, source
