-- One row per article that says it was published more than a day after we first read it.
-- severity: warning
select
    article_id,
    source,
    url,
    published_at,
    published_on,
    first_seen_at
from core.article
where published_at > first_seen_at + interval 1 day or published_on > first_seen_at::date + 2
order by source, url
