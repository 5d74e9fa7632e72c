-- One row per id among those asked for that was forgotten.
select distinct url_id
from ops.tombstone
where url_id in (select unnest($url_ids::bigint[]))
