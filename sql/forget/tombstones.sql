-- One row per URL that was forgotten.
select url_id
from ops.tombstone
where url_id is not null
