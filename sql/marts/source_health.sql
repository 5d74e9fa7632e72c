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

-- An endpoint that was given up is not asked any more, and says nothing of today.
polled as (
    select
        source,
        endpoint,
        max(polled_at) as polled_at,
        arg_max_null(reason, polled_at) as reason
    from raw.poll
    group by source, endpoint
    qualify max(polled_at) > max(max(polled_at)) over (partition by source) - interval 7 days
),

polls as (
    select
        source,
        max(polled_at) as last_polled_at,
        if(count(*) = count(reason), mode(reason), null) as poll_reason
    from polled
    group by source
),

asked as (
    select
        coalesce(polls.source, last_run.source) as source,
        greatest(polls.last_polled_at, last_run.claimed_at) as asked_at
    from polls
    full join last_run on polls.source = last_run.source
),

-- An article that another source had first is this one's too.
shared as (
    select
        source,
        article_id,
        min(captured_at) as first_seen_at,
        max(captured_at) as last_captured_at
    from ops.attempt
    where outcome = 'duplicate' and article_id is not null
    group by source, article_id
),

brought as (
    select
        source,
        first_seen_at,
        last_captured_at
    from core.article
    union all by name
    select
        shared.source,
        shared.first_seen_at,
        shared.last_captured_at
    from shared
    inner join core.article as article
        on shared.article_id = article.article_id and shared.source <> article.source
),

-- What the first day brings is the past that a paper announces, and no measure of a week.
totals as (
    select
        source,
        count(*) as articles,
        min(first_seen_at)::date as first_day,
        max(first_seen_at) as last_new_at,
        max(last_captured_at) as last_captured_at
    from brought
    group by source
),

measured as (
    select
        brought.source,
        date_trunc('hour', brought.first_seen_at) as hour,
        count(*) as articles,
        max(brought.first_seen_at) as last_new_at
    from brought
    inner join totals on brought.source = totals.source
    where
        brought.first_seen_at > totals.last_new_at - interval 35 days
        and brought.first_seen_at::date > totals.first_day
    group by brought.source, date_trunc('hour', brought.first_seen_at)
),

weeks as (
    select
        measured.source,
        sum(measured.articles) filter (measured.last_new_at > asked.asked_at - interval 7 days)::bigint as this_week,
        sum(measured.articles) filter (measured.last_new_at <= asked.asked_at - interval 7 days) / 4 as a_week_before
    from measured
    inner join asked on measured.source = asked.source
    where measured.last_new_at > asked.asked_at - interval 35 days
    group by measured.source
),

-- How long nothing new came, between the hours in which something did, in the five weeks before the last of them.
gaps as (
    select
        measured.source,
        measured.hour - lag(measured.hour) over (partition by measured.source order by measured.hour) as gap
    from measured
),

-- A paper that comes once a week, or rests at weekends, has long gaps too: it is silent when it rests longer than ever.
patience as (
    select
        source,
        greatest(interval 1 day, 4 * avg(gap), 1.5 * max(gap)) as longest
    from gaps
    group by source
    having count(gap) >= 3
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
        asked.asked_at > totals.last_new_at + patience.longest as is_overdue
    from sources
    left join totals on sources.source = totals.source
    left join weeks on sources.source = weeks.source
    left join patience on sources.source = patience.source
    left join attempts on sources.source = attempts.source
    left join polls on sources.source = polls.source
    left join asked on sources.source = asked.source
)

select
    source,
    case
        when
            blocked * 2 > attempted or poll_reason in ('blocked', 'rate_limited', 'robots_disallowed')
            then 'blocked'
        when
            redirected * 2 > attempted or poll_reason in ('redirect_outside', 'too_many_redirects')
            then 'redirected'
        when poll_reason is not null or articles = 0 or is_overdue then 'silent'
        when attempted >= 3 and rejected * 2 > attempted then 'low'
        when new_a_week_before >= 7 and new_this_week > 0 and new_this_week * 3 < new_a_week_before then 'low'
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
'ok; blocked, redirected; silent (nothing for four usual gaps, no endpoint read); low (a third, or most rejected).';
comment on column mart.source_health.articles is
'Articles we have of it, those that another source had first too.';
comment on column mart.source_health.attempted is 'Attempts of its last run.';
comment on column mart.source_health.rejected is 'How many of them were rejected.';
comment on column mart.source_health.usual_reason is 'The most frequent reason.';
comment on column mart.source_health.poll_reason is
'Why no endpoint could be read when it was last asked, most often; null: one could.';
comment on column mart.source_health.new_this_week is 'New articles of the seven days before it was last asked.';
comment on column mart.source_health.new_a_week_before is 'New articles a week in the four weeks before those.';
comment on column mart.source_health.last_new_at is 'First capture of its newest article.';
comment on column mart.source_health.last_captured_at is 'Its last capture.';
comment on column mart.source_health.last_polled_at is 'When one of its endpoints was last asked.';
