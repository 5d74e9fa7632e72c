-- One row per endpoint that was asked, as its last poll left it.
insert into raw.endpoint by name
select
    unnest(
        from_json(
            $states,
            '[{"source": "VARCHAR", "endpoint": "VARCHAR", "kind": "VARCHAR", "named_by": "VARCHAR", "etag": "VARCHAR",
               "last_modified": "VARCHAR", "reason": "VARCHAR", "failures": "INTEGER", "news": "DOUBLE",
               "watched": "DOUBLE", "read_at": "TIMESTAMPTZ", "news_at": "TIMESTAMPTZ", "polled_at": "TIMESTAMPTZ",
               "next_due_at": "TIMESTAMPTZ"}]'
        ),
        recursive := true
    ),
    $load_id as load_id
