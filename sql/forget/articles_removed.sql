-- One row per row of core.article of the articles.
delete from core.article
where article_id in (select unnest($article_ids::bigint[]))
