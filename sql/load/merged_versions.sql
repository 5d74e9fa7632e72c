-- One row per version of an article that was merged into an older one.
delete from core.article_version
where article_id in (select merged.alias_id from merged)
