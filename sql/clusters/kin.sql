-- One row per pair of articles to be settled that are alike, or have the same text.
with named as (
    select
        article_id,
        text_id,
        min(article_id) over (partition by text_id) as first_id
    from touched
)

select
    article_id,
    first_id as other_id
from named
where article_id <> first_id
union
select
    one.article_id,
    other.article_id as other_id
from core.likeness as likeness
inner join named as one on likeness.text_id = one.text_id and one.article_id = one.first_id
inner join named as other on likeness.other_id = other.text_id and other.article_id = other.first_id
order by article_id, other_id
