-- One row per article: which were rewritten most often?
--
-- Parameters
--   $most bigint = 20: how many rows
--
-- Example, on the sample press: broadsheet ask most_edited
--   source           title                      versions  published_at               url
--  ────────────────────────────────────────────────────────────────────────────────────────────────────────────
--   harbour-gazette  Tug crews return to work…         2  2026-03-13 11:20:00+00:00  http://www.harbourgazett…
--   alpenkurier      Papierfabrik heizt bald …         2  2026-03-11 14:50:00+00:00  http://alpenkurier.test/…
--   shiosai-shimbun  防波堤の釣り場　二十年ぶ…         2  2026-03-11 00:50:00+00:00  http://shiosai-shimbun.t…
--   harbour-gazette  Town sells 214 parking m…         2  2026-03-09 21:10:00+00:00  http://www.harbourgazett…
--   ... 4 more
select
    source,
    title,
    versions,
    published_at,
    url
from mart.articles
where versions > 1
order by versions desc, published_at desc, url asc
limit $most
