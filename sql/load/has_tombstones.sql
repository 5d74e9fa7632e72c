-- One row if anything is to stay forgotten, else none.
select 1 as one
from ops.tombstone
order by forgotten_at
limit 1
