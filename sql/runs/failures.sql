-- One row per attempt of a run that failed: what nobody foresaw first, then the rejected, the put off, the gone.
select
    outcome,
    reason,
    source,
    url,
    detail,
    tries,
    round(seconds, 2) as seconds,
    attempted_at,
    count(*) over () as of_all
from ops.attempt
where run_id = $run_id and outcome in ('rejected', 'deferred', 'gone')
order by
    reason = 'internal_error' desc,
    case outcome when 'rejected' then 0 when 'deferred' then 1 else 2 end asc,
    reason asc,
    source asc,
    url asc
limit $most
