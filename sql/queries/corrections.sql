-- One row per change that says it is one: which articles were corrected openly?
--
-- Parameters
--   $notice varchar = 'correction|corrected|clarification|korrektur|korrigiert|berichtigung|訂正|おわび': signs of a notice
--   $most bigint = 20: how many rows
--
-- Example, on the sample press: broadsheet ask corrections
--   source           changed_at             title                  notice                 url
--  ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
--   alpenkurier      2026-03-15 12:00:00+…  Papierfabrik heizt b…  ["Berichtigung: In e…  http://alpenkurier.t…
--   shiosai-shimbun  2026-03-15 12:00:00+…  防波堤の釣り場　二十…  ["【訂正】定員を八十…  http://shiosai-shimb…
--   harbour-gazette  2026-03-15 12:00:00+…  Tug crews return to …  ["Correction: An ear…  http://www.harbourga…
select
    source,
    changed_at,
    title,
    list_filter(added, lambda sentence: regexp_matches(sentence, $notice, 'i')) as notice,
    url
from mart.article_changes
where change_kind in ('substantive', 'minor') and len(notice) > 0
order by changed_at desc, url asc
limit $most
