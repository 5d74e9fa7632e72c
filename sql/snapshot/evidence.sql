-- One row per candidate for a field of a reading of an article of $ids, with the article.
create or replace temp table frozen as
with readings as (
    select
        article_id,
        extraction_id
    from mart.article_history
    where article_id in (select unnest($ids::bigint[])) and extraction_id is not null
    union distinct
    select
        article_id,
        extraction_id
    from mart.articles
    where article_id in (select unnest($ids::bigint[]))
)

select
    readings.article_id,
    evidence.*
from evidence.evidence as evidence
inner join readings on evidence.extraction_id = readings.extraction_id
order by readings.article_id, evidence.extraction_id, evidence.number
