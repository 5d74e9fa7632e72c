-- One row per article of a cluster that loses a member to a merge: it is settled anew.
update core.article
set cluster_id = null
where
    cluster_id in (
        select member.cluster_id
        from core.cluster_member as member
        semi join merged on member.article_id = merged.alias_id
    )
