-- One row per source: how much of what it prints is copy of agencies or of other papers?
--
-- Parameters
--   $since date = (select max(published_on) - 30 from mart.articles): first day of publication
--
-- Example, on the sample press: broadsheet ask wire_share
--   source           articles  credited  shared  share
--  ────────────────────────────────────────────────────
--   shiosai-shimbun        25         4       0   0.16
--   harbour-gazette        27         4       0  0.148
--   alpenkurier            25         3       0   0.12
with marked as (
    select
        article.source,
        article.article_id,
        list_contains(reading.author_kinds, 'organisation') as credited,
        cluster.sources > 1 as shared
    from mart.articles as article
    inner join core.article as reading on article.article_id = reading.article_id
    left join mart.clusters as cluster on article.cluster_id = cluster.cluster_id
    where article.published_on >= $since
)

select
    source,
    count(*) as articles,
    count(*) filter (credited) as credited,
    count(*) filter (shared) as shared,
    round(count(*) filter (credited or shared) / count(*), 3) as share
from marked
group by source
order by share desc, source asc
