-- One row per page that shows an article now and did not.
insert into core.capture by name
select
    move.url_id,
    move.source,
    'article' as state,
    move.payload_digest,
    reading.extraction_id,
    reading.version,
    move.to_hash as content_hash,
    reading.canonical_id,
    move.captured_at,
    move.to_loaded_at as loaded_at,
    move.to_load_id as load_id
from move
inner join core.extraction as reading on move.to_id = reading.extraction_id
where move.from_state = 'rejected' and move.to_state = 'article'
