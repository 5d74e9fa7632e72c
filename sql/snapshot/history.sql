-- One row per version of an article of $ids, as mart.article_history has it.
create or replace temp table frozen as
select *
from mart.article_history
where article_id in (select unnest($ids::bigint[]))
order by article_id, number
