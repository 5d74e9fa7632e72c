-- One row per claim that the death of its run left open.
insert into ops.attempt
select
    claim.claim_id,
    claim.run_id,
    claim.url_id,
    claim.url,
    claim.source,
    address.article_id,
    'deferred' as outcome,
    'run_died' as reason,
    '' as detail,
    0 as tries,
    0 as seconds,
    null as captured_at,
    $now as attempted_at,
    $load_id as load_id
from ops.claim as claim
semi join (select unnest($run_ids::varchar[]) as run_id) as dead on claim.run_id = dead.run_id
anti join ops.attempt as attempt on claim.claim_id = attempt.claim_id
left join core.article_url as address on claim.url_id = address.url_id
