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
        count(*) filter (next_due_at <= $now) as due,
        min(next_due_at) filter (next_due_at > $now) as next_due_at
    from raw.url
    group by source
),

endpoints as (
    select
        source,
        count(*) filter (next_due_at <= $now) as polls_due,
        min(next_due_at) filter (next_due_at > $now) as next_poll_at
    from raw.endpoint
    group by source
)

select
    coalesce(urls.source, endpoints.source) as source,
    coalesce(articles.articles, 0) as articles,
    coalesce(urls.urls, 0) as urls,
    coalesce(urls.due, 0) as due,
    urls.next_due_at,
    coalesce(endpoints.polls_due, 0) as polls_due,
    endpoints.next_poll_at,
    rejected.rejected,
    articles.last_captured_at
from urls
full join endpoints on urls.source = endpoints.source
left join articles on urls.source = articles.source
left join rejected on urls.source = rejected.source
order by source
