-- One row per article that is to be forgotten.
select distinct article_id
from core.article_url
where url_id in (select unnest($url_ids::bigint[]))
order by article_id
