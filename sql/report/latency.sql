-- One row per stretch of time, per source, and one for all: minutes from publication to the table (see mart.latency).
with shown as (
    select
        article.article_id,
        article.source,
        date_trunc($unit, article.first_seen_at::date)::date as day,
        article.published_at,
        min(capture.loaded_at) as loaded_at
    from core.article as article
    inner join core.article_url as address on article.article_id = address.article_id
    inner join core.capture as capture
        on address.url_id = capture.url_id and article.first_seen_at = capture.captured_at
    where
        capture.state = 'article'
        and article.first_seen_at >= $since
        and article.first_seen_at < $until + 1
    group by all
)

select
    day,
    source,
    count(*) as articles,
    count(published_at) as timed,
    quantile_cont(epoch(loaded_at - published_at) / 60, 0.5) as median_minutes,
    quantile_cont(epoch(loaded_at - published_at) / 60, 0.9) as p90_minutes
from shown
group by grouping sets ((day), (source), ())
order by day, source
