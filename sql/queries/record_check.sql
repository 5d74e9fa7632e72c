-- One row: a check that was made.
insert into ops.check_result
values ($name, $severity, $run_id, $offending, $sample, $now)
