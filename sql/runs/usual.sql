-- One row per source and outcome: how many attempts end so in a run of this kind, as the median of earlier ones.
-- Earlier: the last $runs completed runs of thirty days that attempted anything of the source.
with this as (
    select
        kind,
        started_at
    from ops.run
    where run_id = $run_id
),

earlier as (
    select
        run.run_id,
        run.started_at
    from ops.run as run
    inner join this on run.kind = this.kind
    where
        run.run_id <> $run_id
        and run.state = 'completed'
        and run.started_at between this.started_at - interval 30 days and this.started_at
),

-- Attempts lie in the order of their loads: naming those spares the rest of the table.
loads as (
    select
        load.load_id,
        load.run_id,
        earlier.started_at
    from ops.load as load
    inner join earlier on load.run_id = earlier.run_id
),

counted as (
    select
        loads.run_id,
        loads.started_at,
        attempt.source,
        attempt.outcome,
        count(*) as attempts
    from ops.attempt as attempt
    inner join loads on attempt.load_id = loads.load_id and attempt.run_id = loads.run_id
    group by loads.run_id, loads.started_at, attempt.source, attempt.outcome
),

ranked as (
    select
        source,
        run_id,
        outcome,
        attempts
    from counted
    qualify dense_rank() over (partition by source order by started_at desc, run_id desc) <= $runs
),

sources as (
    select
        source,
        run_id
    from ranked
    group by source, run_id
),

outcomes as (
    select outcome
    from ranked
    group by outcome
)

select
    sources.source,
    outcomes.outcome,
    median(coalesce(ranked.attempts, 0)) as attempts,
    count(*) as runs
from sources
cross join outcomes
left join ranked
    on sources.source = ranked.source and sources.run_id = ranked.run_id and outcomes.outcome = ranked.outcome
group by sources.source, outcomes.outcome
order by sources.source, outcomes.outcome
