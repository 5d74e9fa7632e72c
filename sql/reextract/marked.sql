-- One row per page whose reading changed: the load that made it the current one, or none.
update core.rereading as page
set promoted_load_id = if($back, null, $load_id)
from move
where
    page.reextraction_id = $reextraction_id
    and page.url_id = move.url_id
    and page.captured_at = move.captured_at
    and page.payload_digest = move.payload_digest
