-- One row per rule that a person forbids.
update core.rule
set state = 'vetoed', load_id = $load_id
where rule_id in (select unnest($rule_ids::bigint[])) and state <> 'vetoed'
