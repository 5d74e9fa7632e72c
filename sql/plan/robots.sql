-- One row per origin: its last robots.txt, if that is at most a day old (RFC 9309, 2.4).
select
    origin,
    fetched_at,
    status,
    body
from raw.robots
where fetched_at > $now - interval 24 hours
qualify row_number() over (partition by origin order by fetched_at desc) = 1
