-- One row per source that brings nothing, less than it used to, or elsewhere's pages: silent, blocked, redirected, low.
-- severity: warning
select
    source,
    state,
    attempted,
    rejected,
    usual_reason,
    poll_reason,
    last_new_at,
    last_polled_at
from mart.source_health
where state <> 'ok'
order by state, source
