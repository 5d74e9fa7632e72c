-- One row per URL whose last page is judged otherwise: what became an article is due, what became none is not.
update raw.url as url
set
    class = judged.to_state,
    reason = judged.to_reason,
    failures = 0,
    next_due_at = if(judged.to_state = 'article', $now, null),
    load_id = $load_id
from (
    select move.*
    from move
    anti join raw.fetched as later
        on
            move.url_id = later.url_id
            and move.captured_at < later.captured_at
            and later.status is distinct from 304
    qualify row_number() over (partition by move.url_id order by move.captured_at desc, move.payload_digest desc) = 1
) as judged
where
    url.url_id = judged.url_id
    and (url.class is distinct from judged.to_state or url.reason is distinct from judged.to_reason)
