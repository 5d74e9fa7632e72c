-- One row per source: who publishes first, of the texts that several sources print?
--
-- Example, on the sample press: broadsheet ask first_publishers
--   source  texts  first  minutes_behind
--  ──────────────────────────────────────
--   (none)
with printed as (
    select
        article.source,
        cluster.cluster_id,
        coalesce(article.published_at, article.first_seen_at) as printed_at,
        row_number() over (partition by cluster.cluster_id order by printed_at, article.article_id) as place,
        min(printed_at) over (partition by cluster.cluster_id) as first_at
    from mart.clusters as cluster
    inner join mart.articles as article on cluster.cluster_id = article.cluster_id
    where cluster.sources > 1
)

select
    source,
    count(*) as texts,
    count(*) filter (place = 1) as first,
    median(date_diff('minute', first_at, printed_at)) filter (place > 1) as minutes_behind
from printed
group by source
order by first desc, texts desc, source asc
