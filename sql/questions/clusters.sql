-- One row per cluster: which texts stand in most papers?
select
    cluster_id,
    articles,
    sources
from mart.clusters
order by sources desc, articles desc, cluster_id asc
limit 20
