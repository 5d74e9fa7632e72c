-- One row per article that is kept and that the batch touches.
create or replace temp table article_before as
with known as (
    select distinct article_id
    from address
    where is_known
),

place as materialized (
    select kept.rowid as place
    from core.article as kept
    semi join known on kept.article_id = known.article_id
)

select
    kept.rowid as place,
    kept.article_id,
    kept.extraction_id,
    kept.url_id,
    kept.source,
    kept.versions,
    kept.first_seen_at,
    kept.last_captured_at,
    kept.gone_at
from core.article as kept
semi join place on kept.rowid = place.place
