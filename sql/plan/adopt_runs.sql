-- One row per run that died.
update ops.run
set state = 'died', ended_at = $now
where state = 'running' and run_id in (select unnest($run_ids::varchar[]))
