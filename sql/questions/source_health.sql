-- One row per source that is not well: why?
select
    source,
    state,
    usual_reason,
    poll_reason,
    last_new_at
from mart.source_health
where state <> 'ok'
order by state, source
