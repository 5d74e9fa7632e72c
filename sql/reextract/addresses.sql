-- One row per URL of the articles with a page whose reading changes.
create or replace temp table address as
select
    kept.url_id,
    kept.article_id,
    kept.url,
    article.article_id is not null as is_known
from core.article_url as kept
semi join touched on kept.article_id = touched.article_id
left join core.article as article on kept.article_id = article.article_id
