-- One row per endpoint that a run asked and could not read.
select
    source,
    endpoint as url,
    kind,
    status,
    reason,
    detail
from raw.poll
where run_id = $run_id and reason is not null
order by reason = 'internal_error' desc, source asc, endpoint asc
limit $most
