-- One row per article of $ids: what of it is searched.
select
    article_id,
    source,
    url,
    title,
    authors,
    section,
    tags,
    language,
    description,
    text,
    site_name,
    coalesce(published_on, first_seen_at::date) as published_day
from core.article
where article_id in (select unnest($ids::bigint[]))
