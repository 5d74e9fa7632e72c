-- One row per field of a page of the URLs that was read otherwise.
delete from core.rereading_difference
where url_id in (select unnest($url_ids::bigint[]))
