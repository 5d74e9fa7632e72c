-- One row per URL whose claim the death of its run left open: it is due at once.
update raw.url
set waiting = 'run_died', next_due_at = $now, load_id = $load_id
where
    url_id in (
        select claim.url_id
        from ops.claim as claim
        semi join (select unnest($run_ids::varchar[]) as run_id) as dead on claim.run_id = dead.run_id
        anti join ops.attempt as attempt on claim.claim_id = attempt.claim_id
    )
