-- One row per URL that an older capture shows to have been there before we knew it.
update raw.url as url
set first_seen_at = stage.captured_at, load_id = $load_id
from (
    select
        url_id,
        min(captured_at) as captured_at
    from stage
    group by url_id
) as stage
where url.url_id = stage.url_id and stage.captured_at < url.first_seen_at
