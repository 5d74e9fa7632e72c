-- One row per URL that was known whose last answer the batch holds.
update raw.url as url
set
    class = settled.class,
    reason = settled.reason,
    waiting = settled.waiting,
    failures = settled.failures,
    etag = settled.etag,
    last_modified = settled.last_modified,
    edited_at = settled.edited_at,
    last_answer_at = settled.last_answer_at,
    next_due_at = settled.next_due_at,
    load_id = $load_id
from url_settled as settled
where url.rowid = settled.place
