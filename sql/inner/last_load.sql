-- One row: the last load, and when it was; null: there is none.
select
    coalesce(max(load_id), 0) as load_id,
    max(loaded_at) as loaded_at
from ops.load
