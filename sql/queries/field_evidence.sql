-- One row per source, field and producer: what do the fields rest on?
--
-- Parameters
--   $field varchar = 'published': title, authors, published, ...; null: all
--   $source varchar = null: one source; null: all
--
-- Example, on the sample press: broadsheet ask field_evidence
--   source           field      producer  chosen  locator
--  ────────────────────────────────────────────────────────────────────────────
--   alpenkurier      published  meta          25  meta[article:published_time]
--   harbour-gazette  published  json-ld       27  NewsArticle.datePublished
--   shiosai-shimbun  published  dom           25  p
select
    article.source,
    evidence.field,
    evidence.producer,
    count(*) as chosen,
    any_value(evidence.locator) as locator
from mart.articles as article
inner join evidence.evidence as evidence on article.extraction_id = evidence.extraction_id
where
    evidence.chosen
    and ($field is null or evidence.field = $field)
    and ($source is null or article.source = $source)
group by article.source, evidence.field, evidence.producer
order by article.source asc, evidence.field asc, chosen desc, evidence.producer asc
