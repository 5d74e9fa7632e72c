-- One row per version that is kept of the articles that the batch touches.
create or replace temp table version_before as
with known as (
    select distinct article_id
    from address
    where is_known
),

place as materialized (
    select kept.rowid as place
    from core.article_version as kept
    semi join known on kept.article_id = known.article_id
)

select
    kept.rowid as place,
    kept.*
from core.article_version as kept
semi join place on kept.rowid = place.place
