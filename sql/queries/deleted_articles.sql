-- One row per article that is gone: what was taken down, and how long had it stood?
--
-- Parameters
--   $source varchar = null: one source; null: all
--   $most bigint = 20: how many rows
--
-- Example, on the sample press: broadsheet ask deleted_articles
--   source           title                published_at         gone_at              hours  url
--  ────────────────────────────────────────────────────────────────────────────────────────────────────────────
--   harbour-gazette  Salt traders reviv…  2026-03-07 11:10:0…  2026-03-15 12:00:0…  192.8  http://www.harbour…
select
    source,
    title,
    published_at,
    gone_at,
    round(date_diff('minute', coalesce(published_at, first_seen_at), gone_at) / 60, 1) as hours,
    url
from mart.articles
where gone_at is not null and ($source is null or source = $source)
order by gone_at desc, url asc
limit $most
