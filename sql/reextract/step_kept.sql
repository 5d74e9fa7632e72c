-- One row: a promotion or rollback, who did it and why.
insert into ops.reextraction_step
select
    $reextraction_id::bigint as reextraction_id,
    if($back, 'rollback', 'promote') as step,
    $sources::varchar[] as only_sources,
    $who::varchar as who,
    $why::varchar as why,
    $moved::bigint as moved,
    $skipped::bigint as skipped,
    $now as done_at,
    $load_id as load_id
