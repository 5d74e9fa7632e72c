-- One row per attempt that no claim of the same run, source and URL stands behind.
-- severity: error
select
    attempt.run_id,
    attempt.source,
    attempt.url,
    attempt.outcome
from ops.attempt as attempt
anti join ops.claim as claim
    on
        attempt.claim_id = claim.claim_id
        and attempt.run_id = claim.run_id
        and attempt.source = claim.source
        and attempt.url_id = claim.url_id
where attempt.load_id > $since
order by attempt.run_id, attempt.source, attempt.url
