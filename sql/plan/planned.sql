-- One row if the run was planned before, else none.
select load_id
from ops.load
where kind = 'plan' and run_id = $run_id
