-- One row per host that still wants to be left alone: until when at the latest, and why.
select
    host,
    until,
    reason,
    detail
from raw.pause
where until > $now
qualify row_number() over (partition by host order by until desc) = 1
