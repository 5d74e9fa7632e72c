-- One row per URL of a withdrawn article that comes back under the id it had.
insert into core.article_url by name
with back as (
    select distinct withdrawn.article_id
    from core.withdrawn_url as withdrawn
    inner join move on withdrawn.url_id = move.url_id
    where move.to_state = 'article'
)

select
    withdrawn.url_id,
    withdrawn.article_id,
    withdrawn.url,
    withdrawn.is_form,
    withdrawn.load_id
from core.withdrawn_url as withdrawn
semi join back on withdrawn.article_id = back.article_id
anti join core.article_url as kept on withdrawn.url_id = kept.url_id
