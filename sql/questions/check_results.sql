-- One row per check that found something: since when?
select
    name,
    severity,
    min(checked_at) as first_seen_at,
    max(offending) as most
from mart.check_results
where offending > 0
group by name, severity
order by severity, name
