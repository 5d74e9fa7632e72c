-- One row per source that is not well: which sources are silent, blocked or low?
--
-- Example, on the sample press: broadsheet ask silent_sources
--   source  state  last_new_at  new_this_week  new_a_week_before  reason
--  ──────────────────────────────────────────────────────────────────────
--   (none)
select
    source,
    state,
    last_new_at,
    new_this_week,
    new_a_week_before,
    coalesce(poll_reason, usual_reason) as reason
from mart.source_health
where state <> 'ok'
order by state, source
