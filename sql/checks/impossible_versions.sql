-- One row per version that ends before it begins, or whose end is not where the next begins.
-- severity: error
-- A load that writes a version writes it anew or keeps the old one as past: the articles of both are looked at.
with touched as (
    select article_id from core.article_version where load_id > $since
    union
    select article_id from core.article_version_past where until_load_id > $since
),

version as (
    select
        article_id,
        number,
        valid_from,
        valid_to,
        lead(valid_from) over (partition by article_id order by number) as next_from
    from core.article_version
    where article_id in (select touched.article_id from touched)
)

select *
from version
where valid_to < valid_from or valid_to is distinct from next_from
order by article_id, number
