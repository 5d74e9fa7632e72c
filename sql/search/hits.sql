-- One row per article of $ids: what a search shows of it.
select
    article_id,
    source,
    url,
    title,
    authors,
    section,
    language,
    description,
    text,
    word_count,
    published_at,
    coalesce(published_on, first_seen_at::date) as published_day
from core.article
where article_id in (select unnest($ids::bigint[]))
