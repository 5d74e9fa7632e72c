-- One row per attempt of the batch that is not in the ledger yet.
insert into ops.attempt
select
    stage.claim_id,
    $run_id as run_id,
    stage.url_id,
    stage.url,
    claim.source,
    outcome.article_id,
    outcome.outcome,
    stage.reason,
    stage.detail,
    stage.tries,
    stage.seconds,
    stage.captured_at,
    $now as attempted_at,
    $load_id as load_id
from stage
inner join outcome on stage.claim_id = outcome.claim_id
inner join ops.claim as claim on stage.claim_id = claim.claim_id
anti join (
    select claim_id
    from ops.attempt
    where load_id >= $since
) as kept on stage.claim_id = kept.claim_id
where claim.load_id >= $since
