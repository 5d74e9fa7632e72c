-- One row per address of an article and feed that named it: how did an article reach us?
select
    url,
    is_main,
    source,
    endpoint,
    first_named_at
from mart.article_references
where article_id in (select address.article_id from mart.article_references as address where address.url = $url)
order by first_named_at, url, endpoint
