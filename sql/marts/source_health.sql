-- One row per source.
create or replace view mart.source_health as
with last_run as (
    select
        source,
        arg_max(run_id, row(claimed_at, run_id)) as run_id,
        max(claimed_at) as claimed_at
    from ops.claim
    group by source
),

attempts as (
    select
        attempt.source,
        count(*) as attempted,
        count(*) filter (attempt.outcome = 'rejected') as rejected,
        count(*) filter (attempt.reason in ('blocked', 'rate_limited', 'robots_disallowed')) as blocked,
        count(*) filter (attempt.reason in ('redirect_outside', 'too_many_redirects')) as redirected,
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

asked as (
    select
        coalesce(polls.source, last_run.source) as source,
        greatest(polls.last_polled_at, last_run.claimed_at) as asked_at
    from polls
    full join last_run on polls.source = last_run.source
),

-- What the first day brings is the past that a paper announces, and no measure of a week.
totals as (
    select
        source,
        count(*) as articles,
        min(first_seen_at)::date as first_day,
        max(first_seen_at) as last_new_at,
        max(last_captured_at) as last_captured_at
    from core.article
    group by source
),

weeks as (
    select
        article.source,
        count(*) filter (article.first_seen_at > asked.asked_at - interval 7 days) as this_week,
        count(*) filter (article.first_seen_at <= asked.asked_at - interval 7 days) / 4 as a_week_before
    from core.article as article
    inner join asked on article.source = asked.source
    inner join totals on article.source = totals.source
    where article.first_seen_at > asked.asked_at - interval 35 days and article.first_seen_at::date > totals.first_day
    group by article.source
),

sources as (
    select source from totals
    union
    select source from polls
    union
    select source from attempts
),

joined as (
    select
        sources.source,
        coalesce(totals.articles, 0) as articles,
        coalesce(attempts.attempted, 0) as attempted,
        coalesce(attempts.rejected, 0) as rejected,
        attempts.blocked,
        attempts.redirected,
        attempts.usual_reason,
        polls.poll_reason,
        coalesce(weeks.this_week, 0) as new_this_week,
        coalesce(weeks.a_week_before, 0) as new_a_week_before,
        totals.last_new_at,
        totals.last_captured_at,
        polls.last_polled_at,
        asked.asked_at
    from sources
    left join totals on sources.source = totals.source
    left join weeks on sources.source = weeks.source
    left join attempts on sources.source = attempts.source
    left join polls on sources.source = polls.source
    left join asked on sources.source = asked.source
)

select
    source,
    case
        when blocked * 2 > attempted then 'blocked'
        when redirected * 2 > attempted then 'redirected'
        when poll_reason is not null or articles = 0 then 'silent'
        when new_a_week_before >= 7 and last_new_at < asked_at - interval 7 days then 'silent'
        when rejected * 2 > attempted then 'low'
        when new_a_week_before >= 7 and new_this_week * 3 < new_a_week_before then 'low'
        else 'ok'
    end as state,
    articles,
    attempted,
    rejected,
    usual_reason,
    poll_reason,
    new_this_week,
    new_a_week_before,
    last_new_at,
    last_captured_at,
    last_polled_at
from joined;

comment on view mart.source_health is 'One row per source: how it does, by its last run and against its own past.';
comment on column mart.source_health.source is 'The source.';
comment on column mart.source_health.state is
'ok; blocked, redirected (most attempts); silent (no poll, or nothing for a week); low (a third, or most rejected).';
comment on column mart.source_health.articles is 'Articles we have of it.';
comment on column mart.source_health.attempted is 'Attempts of its last run.';
comment on column mart.source_health.rejected is 'How many of them were rejected.';
comment on column mart.source_health.usual_reason is 'The most frequent reason.';
comment on column mart.source_health.poll_reason is 'Why its last poll could not be read; null: it could.';
comment on column mart.source_health.new_this_week is 'New articles of the seven days before it was last asked.';
comment on column mart.source_health.new_a_week_before is 'New articles a week in the four weeks before those.';
comment on column mart.source_health.last_new_at is 'First capture of its newest article.';
comment on column mart.source_health.last_captured_at is 'Its last capture.';
comment on column mart.source_health.last_polled_at is 'When one of its endpoints was last asked.';
