-- One row per claim that its run did not settle by exactly one attempt.
-- severity: error
with ended as (
    select run_id
    from ops.run
    where
        run_id = $run_id
        or (
            state <> 'running'
            and run_id in (
                select claim.run_id from ops.claim as claim where claim.load_id > $since
                union
                select attempt.run_id from ops.attempt as attempt where attempt.load_id > $since
            )
        )
),

claim as (
    select
        claim.claim_id,
        claim.run_id,
        claim.source,
        claim.url
    from ops.claim as claim
    semi join ended on claim.run_id = ended.run_id
),

attempt as (
    select attempt.claim_id
    from ops.attempt as attempt
    semi join ended on attempt.run_id = ended.run_id
),

wrong as (
    select
        claim.claim_id,
        0 as attempts
    from claim
    anti join attempt on claim.claim_id = attempt.claim_id
    union all
    select
        claim_id,
        count(*) as attempts
    from attempt
    group by claim_id
    having count(*) > 1
)

select
    claim.run_id,
    claim.source,
    claim.url,
    wrong.attempts
from claim
inner join wrong on claim.claim_id = wrong.claim_id
order by claim.run_id, claim.source, claim.url
