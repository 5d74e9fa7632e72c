-- One row per article with a page whose reading changes.
create or replace temp table touched as
select distinct kept.article_id
from core.article_url as kept
inner join move on kept.url_id = move.url_id
