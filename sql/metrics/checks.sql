-- One row per check: how many rows it found when it was made last.
select
    name,
    arg_max(severity, checked_at) as severity,
    arg_max(offending, checked_at) as found
from ops.check_result
group by name
order by name
