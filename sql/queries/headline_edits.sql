-- One row per change of a headline: which headlines were rewritten after publication?
--
-- Parameters
--   $source varchar = null: one source; null: all
--   $most bigint = 20: how many rows
--
-- Example, on the sample press: broadsheet ask headline_edits
--   source           changed_at             earlier_title          title                  url
--  ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
--   alpenkurier      2026-03-15 12:00:00+…  Ein Stück, drei Kühe…  Almtheater spielt ei…  http://alpenkurier.t…
--   harbour-gazette  2026-03-15 12:00:00+…  Town sells its parki…  Town sells 214 parki…  http://www.harbourga…
select
    source,
    changed_at,
    earlier_title,
    title,
    url
from mart.article_changes
where
    title_changed and change_kind in ('substantive', 'minor')
    and earlier_title is not null and title is not null
    and ($source is null or source = $source)
order by changed_at desc, url asc
limit $most
