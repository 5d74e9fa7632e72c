-- One row per rule that a person allows again; whether it becomes active is decided when it is next counted.
update core.rule
set state = 'candidate', load_id = $load_id
where rule_id in (select unnest($rule_ids::bigint[])) and state = 'vetoed'
