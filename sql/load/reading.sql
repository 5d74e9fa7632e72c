-- One row per page of the batch that was read, with the id of its text.
create or replace temp table reading as
select
    url_id,
    url,
    target,
    source,
    captured_at,
    payload_digest,
    content_hash,
    disposition,
    core.stable_id(extraction.text) as text_id,
    unnest(extraction)
from stage
where extraction is not null
