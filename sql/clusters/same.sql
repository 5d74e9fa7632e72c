-- One row per article to be settled that has the same text as another, which is named beside it.
select
    article_id,
    min(article_id) over (partition by text_id) as other_id
from touched
qualify article_id <> other_id
order by article_id
