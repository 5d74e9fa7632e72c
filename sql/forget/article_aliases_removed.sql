-- One row per former id of the articles.
delete from core.article_alias
where article_id in (select unnest($article_ids::bigint[])) or alias_id in (select unnest($article_ids::bigint[]))
