-- One row per batch key asked for that was loaded.
select distinct batch_key
from ops.load
where batch_key in (select unnest($keys::varchar[]))
