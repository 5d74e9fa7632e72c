-- One row per page that the re-extraction is to read, and how it stood when that began.
insert into core.rereading by name
select
    $reextraction_id::bigint as reextraction_id,
    url_id,
    source,
    'selected' as role,
    captured_at,
    payload_digest,
    state as before_state,
    reason as before_reason,
    extraction_id as before_id,
    content_hash as before_hash,
    loaded_at as before_loaded_at,
    capture_load_id as before_load_id,
    $load_id as load_id
from found
