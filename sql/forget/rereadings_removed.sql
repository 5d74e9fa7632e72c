-- One row per page of the URLs that was read again.
delete from core.rereading
where url_id in (select unnest($url_ids::bigint[]))
