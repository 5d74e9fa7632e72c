-- One row per URL of the articles that the batch touches.
create or replace temp table address as
with known as (
    select article_id
    from resolved
    where is_known
    union
    select kept.article_id
    from stage
    inner join core.article_url as kept on stage.url_id = kept.url_id
    where stage.disposition = 'gone'
),

place as materialized (
    select kept.rowid as place
    from core.article_url as kept
    semi join known on kept.article_id = known.article_id
)

select
    kept.url_id,
    kept.article_id,
    kept.url,
    true as is_known
from core.article_url as kept
semi join place on kept.rowid = place.place
union all
select
    named.url_id,
    named.article_id,
    named.url,
    false as is_known
from core.article_url as named
semi join resolved on named.article_id = resolved.article_id
anti join known on named.article_id = known.article_id
where named.load_id = $load_id
