-- One row if the run was begun, none if not.
select run_id
from ops.run
where run_id = $run_id
