-- One row per version that ends before it begins, or whose end is not where the next begins.
-- severity: error
with version as (
    select
        article_id,
        number,
        valid_from,
        valid_to,
        lead(valid_from) over (partition by article_id order by number) as next_from
    from core.article_version
)

select *
from version
where valid_to < valid_from or valid_to is distinct from next_from
order by article_id, number
