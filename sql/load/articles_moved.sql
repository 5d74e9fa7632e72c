-- One row per article whose reading stays and whose times or place do not.
update core.article as article
set
    url_id = moved.url_id,
    source = moved.source,
    url = moved.url,
    versions = moved.versions,
    first_seen_at = moved.first_seen_at,
    last_captured_at = moved.last_captured_at,
    gone_at = moved.gone_at,
    load_id = $load_id
from (
    select
        present.*,
        before.place
    from present
    inner join article_before as before
        on present.article_id = before.article_id and present.extraction_id = before.extraction_id
    where
        present.url_id <> before.url_id
        or present.source <> before.source
        or present.versions <> before.versions
        or present.first_seen_at <> before.first_seen_at
        or present.last_captured_at <> before.last_captured_at
        or present.gone_at is distinct from before.gone_at
) as moved
where article.rowid = moved.place
