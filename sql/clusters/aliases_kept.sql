-- One row per cluster id that was merged away.
insert into core.cluster_alias
select
    former_id as alias_id,
    cluster_id,
    load_id
from core.cluster_change
where load_id = $load_id and kind = 'merged'
