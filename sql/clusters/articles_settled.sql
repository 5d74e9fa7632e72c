-- One row per article whose cluster is another than it was, or known for the first time.
update core.article as article
set cluster_id = settled.cluster_id
from (
    select
        touched.article_id,
        coalesce(member.cluster_id, touched.article_id) as cluster_id
    from touched
    left join core.cluster_member as member on touched.article_id = member.article_id
) as settled
where article.article_id = settled.article_id and article.cluster_id is distinct from settled.cluster_id
