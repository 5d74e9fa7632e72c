-- One row per candidate for a field of one article: why was it read so?
--
-- Parameters
--   $url varchar = (select url from mart.articles order by published_at desc, url limit 1): any URL of the article
--   $field varchar = null: a field; null: all
--
-- Example, on the sample press: broadsheet ask article_evidence
--   field          chosen  producer   locator                  value                    raw
--  ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
--   access         true    json-ld    NewsArticle.isAccessib…  free                     free
--   authors        true    json-ld    NewsArticle.author       Mara Elling              Mara Elling
--   canonical_url  true    meta       link[rel=canonical]      http://www.harbourgaze…  http://www.harbourgaze…
--   canonical_url  false   opengraph  meta[og:url]             http://www.harbourgaze…  http://www.harbourgaze…
--   ... 21 more
select
    evidence.field,
    evidence.chosen,
    evidence.producer,
    evidence.locator,
    evidence.value,
    evidence.raw
from mart.articles as article
inner join evidence.evidence as evidence on article.extraction_id = evidence.extraction_id
where
    article.article_id in (select address.article_id from core.article_url as address where address.url = $url)
    and ($field is null or evidence.field = $field)
order by evidence.field asc, evidence.chosen desc, evidence.number asc
