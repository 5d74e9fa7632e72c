-- One row per attempt that is rejected without a reason, or has a reason though it brought an article.
-- severity: error
select
    run_id,
    source,
    url,
    outcome,
    reason
from ops.attempt
where
    load_id > $since
    and (
        (outcome = 'rejected' and reason is null)
        or (outcome in ('new', 'edited', 'duplicate') and reason is not null)
    )
order by run_id, source, url
