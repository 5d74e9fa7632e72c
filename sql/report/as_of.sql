-- One row: the time of the newest load, which the report is of; null: nothing was ever loaded.
select max(loaded_at) as as_of
from ops.load
