-- One row per text that articles of several sources have and no cluster holds together: furniture, or a wrong source.
-- severity: warning
-- What an agency wrote is in many papers, and in one cluster.
with equal as (
    select
        text_id,
        count(*) as articles,
        count(distinct source) as sources
    from core.article
    group by text_id
    having count(distinct source) > 1 and count(distinct coalesce(cluster_id, article_id)) > 1
)

select
    equal.text_id,
    equal.articles,
    equal.sources,
    min(article.url) as first_url,
    max(article.url) as last_url
from core.article as article
inner join equal on article.text_id = equal.text_id
group by equal.text_id, equal.articles, equal.sources
order by equal.articles desc, equal.text_id asc
