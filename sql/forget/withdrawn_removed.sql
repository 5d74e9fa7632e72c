-- One row per URL that no page shows an article under any more.
delete from core.withdrawn_url
where url_id in (select unnest($url_ids::bigint[]))
