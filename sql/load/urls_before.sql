-- One row per URL of the batch that is known, as it stands before the batch.
create or replace temp table url_before as
with place as materialized (
    select url.rowid as place
    from raw.url as url
    semi join stage on url.url_id = stage.url_id
)

select
    url.rowid as place,
    url.url_id,
    url.source,
    url.class,
    url.reason,
    url.failures,
    url.etag,
    url.last_modified,
    url.hint_published_at,
    url.first_seen_at,
    url.edited_at,
    url.last_answer_at
from raw.url as url
semi join place on url.rowid = place.place
