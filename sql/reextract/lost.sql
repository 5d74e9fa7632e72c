-- One row per page of a batch that the archive has no more, or no more as it was.
update core.rereading as page
set after_state = 'not_kept', load_id = $load_id
from (
    select unnest(from_json(
        $pages::json, '[{"url_id": "BIGINT", "captured_at": "TIMESTAMPTZ", "payload_digest": "VARCHAR"}]'
    ), recursive := true)
) as asked
where
    page.reextraction_id = $reextraction_id
    and page.after_state is null
    and page.url_id = asked.url_id
    and page.captured_at = asked.captured_at
    and page.payload_digest = asked.payload_digest
