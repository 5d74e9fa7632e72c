-- One row per claim of the URLs, or for the source.
delete from ops.claim
where url_id in (select unnest($url_ids::bigint[])) or source = $source
