-- One row per article named: its credits, and the two ends of its text, where agencies are named.
-- Texts are found by their place: any other plan unpacks every text there is.
with place as materialized (
    select rowid as article_row
    from core.article
    where article_id in (select unnest($article_ids::bigint[]))
)

select
    article.article_id,
    article.authors,
    article.author_kinds,
    article.site_name,
    left(article.text, 300) as head,
    right(article.text, 300) as foot
from core.article as article
semi join place on article.rowid = place.article_row
