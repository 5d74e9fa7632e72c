-- One row per source.
create or replace view mart.source_health as
with articles as (
    select
        source,
        count(*) as articles,
        max(first_seen_at) as last_new_at,
        max(last_captured_at) as last_captured_at
    from core.article
    group by source
),

last_run as (
    select
        source,
        run_id
    from ops.claim
    qualify row_number() over (partition by source order by claimed_at desc, run_id desc) = 1
),

attempts as (
    select
        attempt.source,
        count(*) as attempted,
        count(*) filter (attempt.outcome = 'rejected') as rejected,
        count(*) filter (attempt.reason in ('blocked', 'rate_limited', 'robots_disallowed')) as blocked,
        mode(attempt.reason) filter (attempt.outcome = 'rejected') as usual_reason
    from ops.attempt as attempt
    semi join last_run on attempt.source = last_run.source and attempt.run_id = last_run.run_id
    group by attempt.source
),

polls as (
    select
        source,
        max(polled_at) as last_polled_at,
        arg_max_null(reason, polled_at) as poll_reason
    from raw.poll
    group by source
),

sources as (
    select source from articles
    union
    select source from polls
    union
    select source from attempts
)

select
    sources.source,
    case
        when attempts.blocked * 2 > attempts.attempted then 'blocked'
        when polls.poll_reason is not null then 'silent'
        when articles.articles is null then 'silent'
        when attempts.rejected * 2 > attempts.attempted then 'low'
        else 'ok'
    end as state,
    coalesce(articles.articles, 0) as articles,
    coalesce(attempts.attempted, 0) as attempted,
    coalesce(attempts.rejected, 0) as rejected,
    attempts.usual_reason,
    polls.poll_reason,
    articles.last_new_at,
    articles.last_captured_at,
    polls.last_polled_at
from sources
left join articles on sources.source = articles.source
left join attempts on sources.source = attempts.source
left join polls on sources.source = polls.source;

comment on view mart.source_health is 'One row per source: how it does, by its last run.';
comment on column mart.source_health.source is 'The source.';
comment on column mart.source_health.state is 'ok, low (most attempts rejected), silent (nothing comes), blocked.';
comment on column mart.source_health.articles is 'Articles we have of it.';
comment on column mart.source_health.attempted is 'Attempts of its last run.';
comment on column mart.source_health.rejected is 'How many of them were rejected.';
comment on column mart.source_health.usual_reason is 'The most frequent reason.';
comment on column mart.source_health.poll_reason is 'Why its last poll could not be read; null: it could.';
comment on column mart.source_health.last_new_at is 'First capture of its newest article.';
comment on column mart.source_health.last_captured_at is 'Its last capture.';
comment on column mart.source_health.last_polled_at is 'When one of its endpoints was last asked.';
