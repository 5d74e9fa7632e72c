-- One row per source and day of first capture: how long articles took from publication to the table.
create or replace view mart.latency as
with first_shown as (
    select
        article.article_id,
        min(capture.captured_at) as captured_at,
        min(capture.loaded_at) as loaded_at
    from core.article as article
    inner join core.article_url as address on article.article_id = address.article_id
    inner join core.capture as capture
        on address.url_id = capture.url_id and article.first_seen_at = capture.captured_at
    where capture.state = 'article'
    group by article.article_id
)

select
    article.source,
    article.first_seen_at::date as day,
    count(*) as articles,
    count(article.published_at) as timed,
    quantile_cont(epoch(capture.captured_at - article.published_at) / 60, 0.5) as median_minutes_to_capture,
    quantile_cont(epoch(capture.loaded_at - article.published_at) / 60, 0.5) as median_minutes_to_load,
    quantile_cont(epoch(capture.loaded_at - article.published_at) / 60, 0.9) as p90_minutes_to_load
from core.article as article
inner join first_shown as capture on article.article_id = capture.article_id
group by article.source, article.first_seen_at::date;

comment on view mart.latency is
'One row per source and day of first capture: how long articles took from publication to the table.';
comment on column mart.latency.source is 'The source.';
comment on column mart.latency.day is 'Day of first capture (UTC).';
comment on column mart.latency.articles is 'Articles first captured that day, at whichever of their URLs.';
comment on column mart.latency.timed is 'How many of them give a time of publication; the figures are of those.';
comment on column mart.latency.median_minutes_to_capture is 'Median minutes from publication to capture.';
comment on column mart.latency.median_minutes_to_load is 'Median minutes from publication to load.';
comment on column mart.latency.p90_minutes_to_load is 'Nine of ten took so many minutes, or fewer, to be loaded.';
