-- One row per page that was read again: what came of it.
update core.rereading as page
set
    after_state = case
        when stage.disposition = 'article' then 'article'
        when list_contains($failures::varchar[], stage.reason) then 'failed'
        when stage.disposition = 'rejected' then 'rejected'
        else 'not_kept'
    end,
    after_reason = stage.reason,
    after_id = stage.extraction_id,
    after_hash = stage.content_hash,
    after_forms = stage.forms,
    load_id = $load_id
from stage
where
    page.reextraction_id = $reextraction_id
    and page.after_state is null
    and page.url_id = stage.url_id
    and page.captured_at = stage.captured_at
    and page.payload_digest = stage.payload_digest
