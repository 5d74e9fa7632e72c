-- One row per source that was forgotten, and why.
select
    source,
    arg_max(why, forgotten_at) as why
from ops.tombstone
where source is not null
group by source
