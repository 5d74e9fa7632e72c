-- One row per URL that an older capture shows to have been there before we knew it: it is of that capture's source.
update raw.url as url
set first_seen_at = earlier.captured_at, source = earlier.source, load_id = $load_id
from (
    select
        kept.place,
        min(stage.captured_at) as captured_at,
        arg_min(stage.source, row(stage.captured_at, stage.source)) as source
    from url_before as kept
    inner join stage on kept.url_id = stage.url_id
    group by kept.place, kept.first_seen_at, kept.source
    having
        row(min(stage.captured_at), arg_min(stage.source, row(stage.captured_at, stage.source)))
        < row(kept.first_seen_at, kept.source)
) as earlier
where url.rowid = earlier.place
