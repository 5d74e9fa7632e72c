-- One row per attempt of the batch that the run had not claimed: all of a WARC run, leftovers of others.
-- What a run claimed and attempted was written by its own loads or later ones: `$since` is the first of them.
insert into ops.claim
select
    stage.claim_id,
    $run_id as run_id,
    stage.url_id,
    stage.url,
    stage.source,
    case when $kind = 'warc' and url.class is null then 'new' when $kind = 'warc' then 'due' else 'leftover' end as why,
    $now as claimed_at,
    $load_id as load_id
from stage
left join url_before as url on stage.url_id = url.url_id
anti join (
    select claim_id
    from ops.claim
    where load_id >= $since
) as kept on stage.claim_id = kept.claim_id
