-- One row per promotion or rollback of a re-extraction, in order.
select
    step,
    only_sources,
    who,
    why,
    moved,
    skipped,
    done_at
from ops.reextraction_step
where reextraction_id = $reextraction_id
order by load_id
