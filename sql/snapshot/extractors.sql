-- One row per version of the extractor that read articles of $ids: how many.
select
    extraction.version,
    count(*) as articles
from core.article as article
inner join core.extraction as extraction on article.extraction_id = extraction.extraction_id
where article.article_id in (select unnest($ids::bigint[]))
group by extraction.version
order by extraction.version
