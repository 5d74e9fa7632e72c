-- One row per claim that its run did not settle by exactly one attempt.
-- severity: error
with ended as (
    select run_id
    from ops.run
    where state <> 'running' or run_id = $run_id
),

claim as (
    select claim.*
    from ops.claim as claim
    semi join ended on claim.run_id = ended.run_id
),

settled as (
    select
        attempt.claim_id,
        count(*) as attempts
    from ops.attempt as attempt
    semi join ended on attempt.run_id = ended.run_id
    group by attempt.claim_id
)

select
    claim.run_id,
    claim.source,
    claim.url,
    coalesce(settled.attempts, 0) as attempts
from claim
left join settled on claim.claim_id = settled.claim_id
where coalesce(settled.attempts, 0) <> 1
order by claim.run_id, claim.source, claim.url
