-- One row per capture made after it was loaded.
-- severity: warning
select
    url_id,
    source,
    captured_at,
    loaded_at
from core.capture
where captured_at > loaded_at + interval 1 hour
order by source, url_id, captured_at
