-- One row per cluster that was merged into an older one, or parted from one.
insert into core.cluster_change
with change as (
    select
        unnest(
            from_json($changes, '[{"kind": "VARCHAR", "former_id": "BIGINT", "cluster_id": "BIGINT"}]'),
            recursive := true
        )
)

select
    kind,
    former_id,
    cluster_id,
    $now as changed_at,
    $load_id as load_id
from change
