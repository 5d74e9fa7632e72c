-- One row per URL of the source: named by it, read for it, or of an article that it had first.
with named as (
    select url_id
    from raw.url
    where source = $source
    union
    select url_id
    from core.capture
    where source = $source
    union
    select address.url_id
    from core.article_url as address
    inner join core.article as article on address.article_id = article.article_id
    where article.source = $source
),

articles as (
    select distinct address.article_id
    from core.article_url as address
    semi join named on address.url_id = named.url_id
)

select url_id
from named
union
select address.url_id
from core.article_url as address
semi join articles on address.article_id = articles.article_id
order by url_id
