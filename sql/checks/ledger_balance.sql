-- One row per run and source whose attempts are not the sum of its outcomes, or not as many as its claims.
-- severity: error
with ended as (
    select run_id
    from ops.run
    where
        run_id = $run_id
        or (
            state <> 'running'
            and run_id in (
                select claim.run_id from ops.claim as claim where claim.load_id > $since
                union
                select attempt.run_id from ops.attempt as attempt where attempt.load_id > $since
            )
        )
),

claims as (
    select
        claim.run_id,
        claim.source,
        count(*) as claimed
    from ops.claim as claim
    semi join ended on claim.run_id = ended.run_id
    group by claim.run_id, claim.source
),

attempts as (
    select
        attempt.run_id,
        attempt.source,
        count(*) as attempted,
        count(*) filter (
            attempt.outcome in ('new', 'edited', 'unchanged', 'duplicate', 'gone', 'rejected', 'deferred')
        ) as outcomes
    from ops.attempt as attempt
    semi join ended on attempt.run_id = ended.run_id
    group by attempt.run_id, attempt.source
)

select
    coalesce(claims.run_id, attempts.run_id) as run_id,
    coalesce(claims.source, attempts.source) as source,
    coalesce(claims.claimed, 0) as claimed,
    coalesce(attempts.attempted, 0) as attempted,
    coalesce(attempts.outcomes, 0) as outcomes
from claims
full join attempts on claims.run_id = attempts.run_id and claims.source = attempts.source
where
    claims.claimed is distinct from attempts.attempted
    or attempts.outcomes is distinct from attempts.attempted
order by run_id, source
