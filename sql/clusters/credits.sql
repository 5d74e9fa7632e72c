-- One row per article named: its credits, and the two ends of its text, where agencies are named.
select
    article_id,
    authors,
    author_kinds,
    site_name,
    left(text, 300) as head,
    right(text, 300) as foot
from core.article
where article_id in (select unnest($article_ids::bigint[]))
