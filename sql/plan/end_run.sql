-- One row: the run, unless it has ended before.
update ops.run
set state = $state, ended_at = $now
where run_id = $run_id and state = 'running'
