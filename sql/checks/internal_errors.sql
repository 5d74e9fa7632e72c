-- One row per attempt of the run that met an error nobody foresaw; without a run, of the last run.
-- severity: error
with asked as (
    select coalesce($run_id, arg_max(run_id, row(started_at, run_id))) as run_id
    from ops.run
)

select
    attempt.run_id,
    attempt.source,
    attempt.url,
    attempt.detail
from ops.attempt as attempt
semi join asked on attempt.run_id = asked.run_id
where attempt.reason = 'internal_error'
order by attempt.source, attempt.url
