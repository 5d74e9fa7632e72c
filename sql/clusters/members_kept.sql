-- One row per article that is in a cluster with others, or in one that others founded.
insert into core.cluster_member
with settled as (
    select
        unnest(
            from_json($members, '[{"article_id": "BIGINT", "cluster_id": "BIGINT", "credit": "VARCHAR"}]'),
            recursive := true
        )
)

select
    settled.cluster_id,
    settled.article_id,
    touched.text_id,
    settled.credit,
    $load_id as load_id
from settled
inner join touched on settled.article_id = touched.article_id
