-- One row per pair of sources: which papers print the same texts?
--
-- Example, on the sample press: broadsheet ask cross_posting
--   source  other_source  texts
--  ─────────────────────────────
--   (none)
with held as (
    select distinct
        cluster.cluster_id,
        unnest(cluster.source_names) as source
    from mart.clusters as cluster
    where cluster.sources > 1
)

select
    one.source,
    other.source as other_source,
    count(*) as texts
from held as one
inner join held as other on one.cluster_id = other.cluster_id and one.source < other.source
group by one.source, other.source
order by texts desc, one.source asc, other.source asc
