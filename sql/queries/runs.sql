-- One row per run: what did it attempt, and what came of it?
--
-- Parameters
--   $most bigint = 20: how many rows
--
-- Example, on the sample press: broadsheet ask runs
--   state      started_at                attempted  new  edited  unchanged  duplicate  gone  rejected  deferred
--  ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
--   completed  2026-03-15 12:00:00+00:…         77   10       8         58          0     1         0         0
--   completed  2026-03-14 12:00:00+00:…         99   67       0          0          3     6        23         0
with newest as (
    select
        run_id,
        state,
        started_at
    from ops.run
    order by started_at desc
    limit $most
)

select
    run.run_id,
    run.state,
    run.started_at,
    count(attempt.claim_id) as attempted,
    count(*) filter (attempt.outcome = 'new') as new,
    count(*) filter (attempt.outcome = 'edited') as edited,
    count(*) filter (attempt.outcome = 'unchanged') as unchanged,
    count(*) filter (attempt.outcome = 'duplicate') as duplicate,
    count(*) filter (attempt.outcome = 'gone') as gone,
    count(*) filter (attempt.outcome = 'rejected') as rejected,
    count(*) filter (attempt.outcome = 'deferred') as deferred
from newest as run
left join ops.attempt as attempt on run.run_id = attempt.run_id
group by run.run_id, run.state, run.started_at
order by run.started_at desc, run.run_id asc
