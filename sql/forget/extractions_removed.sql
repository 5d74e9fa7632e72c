-- One row per reading of the URLs.
delete from core.extraction
where url_id in (select unnest($url_ids::bigint[]))
