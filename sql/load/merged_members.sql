-- One row per place in a cluster of an article that was merged into an older one.
delete from core.cluster_member
where article_id in (select merged.alias_id from merged)
