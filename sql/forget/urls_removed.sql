-- One row per URL.
delete from raw.url
where url_id in (select unnest($url_ids::bigint[]))
