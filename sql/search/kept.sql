-- One row per article of $ids: it is in the index now.
insert into seen.known by name
select
    article_id,
    hash(extraction_id, source, url, coalesce(published_on, first_seen_at::date)) as mark
from core.article
where article_id in (select unnest($ids::bigint[]))
