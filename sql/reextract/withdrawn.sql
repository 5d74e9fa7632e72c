-- One row per article none of whose pages is read as one any more; `alias_id`, as the statements of merging know it.
create or replace temp table merged as
with alive as (
    select distinct kept.article_id
    from core.article_url as kept
    semi join touched on kept.article_id = touched.article_id
    inner join core.capture as capture on kept.url_id = capture.url_id
    where capture.state = 'article'
)

select touched.article_id as alias_id
from touched
anti join alive on touched.article_id = alive.article_id
