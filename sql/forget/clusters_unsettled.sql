-- One row per other article of the clusters that the articles were in: they are settled anew.
update core.article
set cluster_id = null
where
    cluster_id in (
        select member.cluster_id
        from core.cluster_member as member
        where member.article_id in (select unnest($article_ids::bigint[]))
    )
