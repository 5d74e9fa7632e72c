-- One row per source: its state, its articles, and how many seconds ago it was asked, read and brought something new.
select
    source,
    state,
    articles,
    new_this_week,
    epoch($now - last_polled_at) as polled,
    epoch($now - last_captured_at) as captured,
    epoch($now - last_new_at) as new
from mart.source_health
order by source
