-- One row: how many rows of core the loads of a run changed.
select coalesce(sum(changed_rows), 0)::bigint as changed_rows
from ops.load
where run_id = $run_id
