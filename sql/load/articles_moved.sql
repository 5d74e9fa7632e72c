-- One row per article whose reading stays and whose times or place do not.
update core.article as article
set
    url_id = present.url_id,
    source = present.source,
    url = present.url,
    versions = present.versions,
    first_seen_at = present.first_seen_at,
    last_captured_at = present.last_captured_at,
    gone_at = present.gone_at,
    load_id = $load_id
from present
where
    article.article_id = present.article_id
    and article.extraction_id = present.extraction_id
    and (
        article.url_id <> present.url_id
        or article.source <> present.source
        or article.versions <> present.versions
        or article.first_seen_at <> present.first_seen_at
        or article.last_captured_at <> present.last_captured_at
        or article.gone_at is distinct from present.gone_at
    )
