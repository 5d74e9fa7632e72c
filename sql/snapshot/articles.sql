-- One row per article of $ids, as mart.articles has it.
create or replace temp table frozen as
select *
from mart.articles
where article_id in (select unnest($ids::bigint[]))
order by article_id
