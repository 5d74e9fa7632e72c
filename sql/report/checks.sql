-- One row per check that found something when it was made last.
select
    name,
    severity,
    offending,
    checked_at
from mart.check_results
qualify row_number() over (partition by name order by checked_at desc, run_id desc) = 1 and offending > 0
order by severity, name
