-- One row per row of core.article_version_past of the articles.
delete from core.article_version_past
where article_id in (select unnest($article_ids::bigint[]))
