-- One row per re-extraction: what it asks for, how far it is, what it found, what stands of it; the newest first.
with page as (
    select
        reextraction_id,
        count(*) filter (role = 'selected') as pages,
        count(*) filter (role = 'compared') as compared,
        count(after_state) as done,
        count(*) filter (after_state = 'not_kept') as not_kept,
        count(*) filter (after_state = 'failed') as failed,
        count(promoted_load_id) as promoted
    from core.rereading
    group by reextraction_id
),

difference as (
    select
        reextraction_id,
        count(*) as differences,
        count(distinct row(url_id, captured_at, payload_digest)) as changed
    from core.rereading_difference
    group by reextraction_id
)

select
    each.reextraction_id,
    each.state,
    each.selection,
    each.begun_by,
    coalesce(page.pages, 0) as pages,
    coalesce(page.compared, 0) as compared,
    coalesce(page.done, 0) as done,
    coalesce(page.not_kept, 0) as not_kept,
    coalesce(page.failed, 0) as failed,
    coalesce(difference.changed, 0) as changed,
    coalesce(difference.differences, 0) as differences,
    coalesce(page.promoted, 0) as promoted,
    each.begun_at,
    each.read_at
from ops.reextraction as each
left join page on each.reextraction_id = page.reextraction_id
left join difference on each.reextraction_id = difference.reextraction_id
where each.reextraction_id = coalesce($reextraction_id, each.reextraction_id)
order by each.reextraction_id desc
