-- One row per kept answer to a request for the URLs.
delete from raw.fetched
where url_id in (select unnest($url_ids::bigint[]))
