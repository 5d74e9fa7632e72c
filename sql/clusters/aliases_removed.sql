-- One row per alias that is a cluster's own id again.
delete from core.cluster_alias
where
    alias_id in (
        select change.cluster_id
        from core.cluster_change as change
        where change.load_id = $load_id and change.kind = 'parted'
    )
