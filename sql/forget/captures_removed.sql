-- One row per capture of the URLs.
delete from core.capture
where url_id in (select unnest($url_ids::bigint[]))
