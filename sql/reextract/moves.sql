-- One row per page whose reading changes.
-- A promotion leads from before to after, a rollback (`$back`) from after to before.
create or replace temp table move as
with asked as (
    select
        url_id,
        source,
        captured_at,
        payload_digest,
        promoted_load_id,
        if($back, after_state, before_state) as from_state,
        if($back, after_id, before_id) as from_id,
        if($back, before_state, after_state) as to_state,
        if($back, before_reason, after_reason) as to_reason,
        if($back, before_id, after_id) as to_id,
        if($back, before_hash, after_hash) as to_hash,
        if($back, [], coalesce(after_forms, [])) as to_forms,
        coalesce(before_loaded_at, $now) as to_loaded_at,
        coalesce(before_load_id, $load_id) as to_load_id
    from core.rereading
    where
        reextraction_id = $reextraction_id
        and role = 'selected'
        and after_state in ('article', 'rejected')
        and (promoted_load_id is not null) = $back
        and (len($sources::varchar[]) = 0 or list_contains($sources::varchar[], source))
        and (
            before_state <> after_state
            or if(before_state = 'article', before_id <> after_id, before_reason is distinct from after_reason)
        )
)

select
    asked.*,
    capture.rowid as place,
    case asked.from_state
        when 'article' then coalesce(capture.extraction_id = asked.from_id, false)
        else capture.url_id is null
    end as stands
from asked
left join core.capture as capture
    on
        asked.url_id = capture.url_id
        and asked.captured_at = capture.captured_at
        and asked.payload_digest = capture.payload_digest
        and capture.state = 'article'
