-- One row per answer of the URLs asked about that was loaded.
select
    fetched.url_id,
    fetched.captured_at,
    fetched.payload_digest
from raw.fetched as fetched
inner join (select unnest($url_ids::bigint[]) as url_id) as asked on fetched.url_id = asked.url_id
where fetched.captured_at between $earliest and $latest
