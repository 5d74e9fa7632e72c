-- One row per claim of the runs that no attempt has settled.
select
    claim.url,
    claim.source,
    claim.why,
    url.etag,
    url.last_modified
from ops.claim as claim
semi join (select unnest($run_ids::varchar[]) as run_id) as asked on claim.run_id = asked.run_id
anti join ops.attempt as attempt on claim.claim_id = attempt.claim_id
left join raw.url as url on claim.url_id = url.url_id
order by claim.source, claim.url
