-- One row per line that another attempt of the batch at the same claim stands for: the later capture does.
delete from stage
where
    place not in (
        select arg_max(place, row(captured_at, coalesce(payload_digest, ''), coalesce(warc_offset, 0)))
        from stage
        group by claim_id
    )
