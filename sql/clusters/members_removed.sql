-- One row per member of a cluster that is settled anew.
delete from core.cluster_member
where
    article_id in (select touched.article_id from touched)
    or cluster_id in (select touched.member_of from touched where touched.member_of is not null)
