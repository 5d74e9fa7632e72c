-- One row per row of core.article_url of the articles.
delete from core.article_url
where article_id in (select unnest($article_ids::bigint[]))
