-- One row: a check that was made.
insert into ops.check_result by name
select
    $name as name,
    $severity as severity,
    $run_id as run_id,
    $offending as offending,
    $sample as sample,
    $through as through_load_id,
    $now as checked_at
