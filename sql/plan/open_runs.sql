-- One row per run that began and has not ended.
select
    run_id,
    kind,
    started_at,
    sources
from ops.run
where state = 'running'
order by started_at, run_id
