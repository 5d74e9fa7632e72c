-- One row per attempt or poll of the run, or of a dead run it adopted, that met an error nobody foresaw.
-- severity: error
with asked as (
    select coalesce($run_id, arg_max(run_id, row(started_at, run_id))) as run_id
    from ops.run
),

runs as (
    select asked.run_id
    from asked
    union
    select dead.run_id
    from asked
    inner join ops.run as run on asked.run_id = run.run_id
    inner join ops.run as dead on dead.state = 'died' and run.started_at <= dead.ended_at
)

select
    attempt.run_id,
    attempt.source,
    attempt.url,
    attempt.detail
from ops.attempt as attempt
semi join runs on attempt.run_id = runs.run_id
where attempt.reason = 'internal_error'

union all

select
    poll.run_id,
    poll.source,
    poll.endpoint as url,
    poll.detail
from raw.poll as poll
semi join runs on poll.run_id = runs.run_id
where poll.reason = 'internal_error'
order by source, url
