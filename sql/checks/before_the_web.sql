-- One row per article that says it was published before there was a page on the web to publish it on.
-- severity: warning
-- The first page went public on 6 August 1991. Papers do put their older archives there: hence no error.
select
    article_id,
    source,
    url,
    published_on
from core.article
where published_on < date '1991-08-06'
order by source, published_on, url
