-- One row per source of articles of $ids: how many, from when to when, how open, and ways in which its pages opt out.
with opted as (
    select
        url_id,
        list_sort(list_distinct(flatten(list(opt_outs)))) as opt_outs
    from raw.fetched
    where len(opt_outs) > 0
    group by url_id
)

select
    article.source,
    count(*) as articles,
    min(coalesce(article.published_on, article.first_seen_at::date)) as first_day,
    max(coalesce(article.published_on, article.first_seen_at::date)) as last_day,
    count(*) filter (where article.access = 'free') as free,
    count(*) filter (where article.access = 'metered') as metered,
    count(*) filter (where article.access = 'paid') as paid,
    count(opted.url_id) as opted_out
from core.article as article
left join opted on article.url_id = opted.url_id
where article.article_id in (select unnest($ids::bigint[]))
group by article.source
order by article.source
