-- One row per change of a text without a notice: what was changed in silence?
--
-- Parameters
--   $notice varchar = 'correct|clarif|updated|korrig|berichtig|aktualis|訂正|おわび|更新': signs of a notice in what came
--   $source varchar = null: one source; null: all
--   $most bigint = 20: how many rows
--
-- Example, on the sample press: broadsheet ask stealth_edits
--   source         changed_at     title          has_new_time  removed        added          url
--  ────────────────────────────────────────────────────────────────────────────────────────────────────────
--   shiosai-shim…  2026-03-15 1…  港の古い倉庫…  false         ["物置から見…  ["物置から見…  http://shios…
--   harbour-gaze…  2026-03-15 1…  Herring fetc…  true          ["Herring wa…  ["Herring wa…  http://www.h…
--   harbour-gaze…  2026-03-15 1…  Rowing club …  true          ["Their cox,…  ["Their cox,…  http://www.h…
with silent as (
    select
        article_id,
        number,
        source,
        changed_at,
        title,
        removed,
        added,
        url
    from mart.article_changes
    where
        change_kind = 'substantive'
        and len(added) + len(removed) > 0
        and not regexp_matches(array_to_string(added, ' '), $notice, 'i')
        and ($source is null or source = $source)
    order by changed_at desc, url asc
    limit $most
)

select
    silent.source,
    silent.changed_at,
    silent.title,
    coalesce(after.modified_at > before.modified_at, false) as has_new_time,
    silent.removed,
    silent.added,
    silent.url
from silent
inner join core.article_version as version
    on silent.article_id = version.article_id and silent.number = version.number
left join core.extraction as after on version.extraction_id = after.extraction_id
left join core.extraction as before on version.earlier_id = before.extraction_id
order by silent.changed_at desc, silent.url asc
