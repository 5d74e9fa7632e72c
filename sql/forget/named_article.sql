-- One row per URL of the articles that the URLs lead to, and per URL that was answered by one of them.
with named as (
    select unnest($url_ids::bigint[]) as url_id
    union
    select other.url_id
    from core.article_url as mine
    inner join core.article_url as other on mine.article_id = other.article_id
    where mine.url_id in (select unnest($url_ids::bigint[]))
)

select url_id
from named
union
select fetched.url_id
from raw.fetched as fetched
inner join named on core.stable_id(fetched.target) = named.url_id
order by url_id
