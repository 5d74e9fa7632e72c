-- One row per article in a cluster.
delete from core.cluster_member
where article_id in (select unnest($article_ids::bigint[]))
