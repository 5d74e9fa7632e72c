-- One row per URL of an article, or one named by an endpoint, that has these words in it.
select url
from core.article_url
where contains(url, $words)
union
select url
from raw.url
where contains(url, $words)
order by url
