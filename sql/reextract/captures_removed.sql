-- One row per capture that shows no article any more; core.rereading has all that it takes to put it back.
delete from core.capture
where
    rowid in (
        select capture.rowid
        from core.capture as capture
        inner join move
            on
                capture.url_id = move.url_id
                and capture.captured_at = move.captured_at
                and capture.payload_digest = move.payload_digest
        where capture.state = 'article' and move.from_state = 'article' and move.to_state = 'rejected'
    )
