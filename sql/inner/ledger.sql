-- One row per run, newest first: its claims and what became of them.
with claims as (
    select
        run_id,
        count(*) as claimed
    from ops.claim
    group by run_id
),

counted as (
    select
        run_id,
        outcome,
        count(*) as attempts
    from ops.attempt
    group by run_id, outcome
),

outcomes as (
    select
        run_id,
        sum(attempts)::bigint as attempted,
        map_from_entries(array_agg(row(outcome, attempts) order by outcome)) as outcomes
    from counted
    group by run_id
),

loads as (
    select
        run_id,
        sum(changed_rows)::bigint as changed_rows
    from ops.load
    group by run_id
)

select
    run.run_id,
    run.kind,
    run.state,
    run.started_at,
    run.ended_at,
    coalesce(claims.claimed, 0) as claimed,
    coalesce(outcomes.attempted, 0) as attempted,
    outcomes.outcomes,
    coalesce(loads.changed_rows, 0) as changed_rows
from ops.run as run
left join claims on run.run_id = claims.run_id
left join outcomes on run.run_id = outcomes.run_id
left join loads on run.run_id = loads.run_id
order by run.started_at desc, run.run_id desc
limit $runs
