-- One row: the run, unless it began before.
insert into ops.run
select
    run.run_id,
    $kind as kind,
    $sources::varchar[] as sources,
    'running' as state,
    $started_at as started_at,
    null as ended_at
from (values ($run_id)) as run (run_id)
anti join ops.run as kept on run.run_id = kept.run_id
