-- One row: this load.
insert into ops.load
select
    $load_id as load_id,
    $load_kind as kind,
    $batch_key as batch_key,
    $run_id as run_id,
    count(*) as attempts,
    $changed_rows as changed_rows,
    $now as loaded_at
from ops.attempt
where load_id = $load_id
