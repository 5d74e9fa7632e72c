-- One row: a re-extraction begins.
insert into ops.reextraction
select
    $reextraction_id::bigint as reextraction_id,
    $selection::varchar as selection,
    $rules::varchar as rules,
    'reading' as state,
    $who as begun_by,
    $now as begun_at,
    null as read_at,
    $load_id as load_id
