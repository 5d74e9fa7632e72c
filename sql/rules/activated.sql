-- One row per candidate that becomes active.
update core.rule
set state = 'active', activated_at = $now, load_id = $load_id
where source = $source and state = 'candidate' and line in (select unnest($ripe::varchar[]))
