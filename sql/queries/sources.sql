-- One row per source: what we have of it and what is due.
with articles as (
    select
        source,
        count(*) as articles,
        max(last_captured_at) as last_captured_at
    from core.article
    group by source
),

reasons as (
    select
        source,
        reason,
        count(*) as urls
    from raw.url
    where class = 'rejected'
    group by source, reason
),

rejected as (
    select
        source,
        map_from_entries(array_agg(row(reason, urls) order by urls desc, reason asc)) as rejected
    from reasons
    group by source
),

urls as (
    select
        source,
        count(*) as urls,
        count(*) filter (next_due_at <= $now or (class is null and last_answer_at is null)) as due
    from raw.url
    group by source
)

select
    urls.source,
    coalesce(articles.articles, 0) as articles,
    urls.urls,
    urls.due,
    rejected.rejected,
    articles.last_captured_at
from urls
left join articles on urls.source = articles.source
left join rejected on urls.source = rejected.source
order by urls.source
