-- One row per article that was merged into an older one.
delete from core.article
where article_id in (select merged.alias_id from merged)
