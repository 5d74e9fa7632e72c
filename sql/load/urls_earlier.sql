-- One row per URL that an older capture shows to have been there before we knew it.
update raw.url as url
set first_seen_at = earlier.captured_at, load_id = $load_id
from (
    select
        kept.place,
        min(stage.captured_at) as captured_at
    from url_before as kept
    inner join stage on kept.url_id = stage.url_id
    group by kept.place, kept.first_seen_at
    having min(stage.captured_at) < kept.first_seen_at
) as earlier
where url.rowid = earlier.place
