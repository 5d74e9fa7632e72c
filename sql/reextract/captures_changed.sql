-- One row per capture that is an article before and after: it is read otherwise, and as old as it was.
update core.capture as capture
set
    extraction_id = moved.extraction_id,
    version = moved.version,
    content_hash = moved.to_hash,
    canonical_id = moved.canonical_id
from (
    select
        move.place,
        move.to_hash,
        reading.extraction_id,
        reading.version,
        reading.canonical_id
    from move
    inner join core.extraction as reading on move.to_id = reading.extraction_id
    where move.from_state = 'article' and move.to_state = 'article'
) as moved
where capture.rowid = moved.place
