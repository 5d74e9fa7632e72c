-- One row per article to be settled: the cluster it was in (none: it is new), and since when we have it.
with age as (
    select
        address.article_id,
        min(address.load_id) as first_load
    from core.article_url as address
    semi join touched on address.article_id = touched.article_id
    group by address.article_id
),

last as (
    select coalesce(max(load_id), 0) as load_id
    from ops.load
    where kind = 'cluster'
)

select
    touched.article_id,
    coalesce(touched.member_of, if(age.first_load < last.load_id, touched.article_id, null)) as former_id,
    age.first_load,
    touched.first_seen_at
from touched
inner join age on touched.article_id = age.article_id
cross join last
