-- One row per row of core.article_version of the articles.
delete from core.article_version
where article_id in (select unnest($article_ids::bigint[]))
