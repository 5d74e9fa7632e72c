-- One row: the first load of the run, this one if it had none, and the earliest capture of the batch.
select
    coalesce(min(load.load_id), $load_id) as since,
    coalesce((select min(stage.captured_at) from stage), $now) as earliest
from ops.load as load
where load.run_id = $run_id
