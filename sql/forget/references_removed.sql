-- One row per endpoint that named one of the URLs, or was the source's.
delete from raw.reference
where url_id in (select unnest($url_ids::bigint[])) or source = $source
