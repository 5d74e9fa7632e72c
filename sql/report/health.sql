-- One row per source, those in trouble first.
select
    source,
    state,
    articles,
    attempted,
    rejected,
    coalesce(poll_reason, usual_reason) as reason,
    new_this_week,
    new_a_week_before,
    last_new_at,
    last_polled_at
from mart.source_health
order by state = 'ok', source
