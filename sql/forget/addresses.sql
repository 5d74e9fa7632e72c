-- One row per URL that is to be forgotten, as far as its words are known.
select url
from raw.url
where url_id in (select unnest($url_ids::bigint[]))
union
select url
from core.article_url
where url_id in (select unnest($url_ids::bigint[]))
union
select target as url
from raw.fetched
where url_id in (select unnest($url_ids::bigint[]))
order by url
