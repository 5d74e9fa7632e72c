-- One row per source, those that are not well first: $most of them.
select
    source,
    state,
    articles,
    attempted,
    rejected,
    coalesce(poll_reason, usual_reason) as reason,
    new_this_week,
    round(new_a_week_before, 1) as new_a_week_before,
    last_new_at,
    last_polled_at
from mart.source_health
order by
    case state when 'blocked' then 0 when 'silent' then 1 when 'redirected' then 2 when 'low' then 3 else 4 end,
    source
limit $most
