-- One row per source and kind of change: how often does a paper edit what it has published?
--
-- Example, on the sample press: broadsheet ask changes_by_kind
--   source           change_kind  changes  articles  words_moved
--  ──────────────────────────────────────────────────────────────
--   alpenkurier      substantive        2         2         11.5
--   harbour-gazette  substantive        4         4          7.5
--   harbour-gazette  gone               1         1          0.0
--   shiosai-shimbun  substantive        2         2         14.5
select
    source,
    change_kind,
    count(*) as changes,
    count(distinct article_id) as articles,
    median(words_moved) as words_moved
from mart.article_changes
group by source, change_kind
order by source asc, changes desc, change_kind asc
