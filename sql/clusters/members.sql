-- One row per article to be settled: the cluster it was in (none: it was never settled), and since when we have it.
-- One that has a cluster was settled; one that has none, because it was read anew, if articles were gathered between
-- its first load and that one. A gathering in parts has seen only the parts it took.
with age as (
    select
        address.article_id,
        min(address.load_id) as first_load
    from core.article_url as address
    semi join touched on address.article_id = touched.article_id
    group by address.article_id
),

gathering as (
    select load_id
    from ops.load
    where kind = 'cluster'
),

last as (
    select
        touched.*,
        gathering.load_id as gathered
    from touched
    asof left join gathering on touched.load_id > gathering.load_id
)

select
    last.article_id,
    coalesce(
        last.member_of,
        if(last.cluster_id is not null or age.first_load < last.gathered, last.article_id, null)
    ) as former_id,
    age.first_load,
    last.first_seen_at
from last
inner join age on last.article_id = age.article_id
