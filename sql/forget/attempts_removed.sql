-- One row per attempt at the URLs, or for the source.
delete from ops.attempt
where url_id in (select unnest($url_ids::bigint[])) or source = $source
