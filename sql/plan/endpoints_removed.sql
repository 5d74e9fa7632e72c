-- One row per endpoint that was asked, or that its index names no more.
delete from raw.endpoint
where
    struct_pack(source := source, endpoint := endpoint) in (
        select unnest(from_json($moved, '[{"source": "VARCHAR", "endpoint": "VARCHAR"}]'))
    )
