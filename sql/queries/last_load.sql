-- One row: the last load.
select coalesce(max(load_id), 0) as load_id
from ops.load
