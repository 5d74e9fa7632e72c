-- One row per row that holds the reading of another row too: of that other one's the reading is kept.
update stage
set is_repeated = true
where
    extraction_id is not null
    and place not in (
        select arg_min(kept.place, row(kept.captured_at, kept.url))
        from stage as kept
        where kept.extraction_id is not null
        group by kept.extraction_id
    )
