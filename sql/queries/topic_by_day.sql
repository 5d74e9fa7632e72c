-- One row per source and day: how much is written about a topic, when and where?
--
-- Parameters
--   $topic varchar = 'harbour': words that headline or text hold, in any case
--   $since date = (select max(published_on) - 30 from mart.articles): first day of publication
--
-- Example, on the sample press: broadsheet ask topic_by_day
--   source           day         articles  in_headline
--  ────────────────────────────────────────────────────
--   harbour-gazette  2026-03-02         1            0
--   harbour-gazette  2026-03-06         1            0
--   harbour-gazette  2026-03-07         1            0
--   harbour-gazette  2026-03-09         1            0
--   ... 3 more
select
    source,
    published_on as day,
    count(*) as articles,
    count(*) filter (contains(lower(title), lower($topic))) as in_headline
from mart.articles
where
    published_on >= $since
    and (contains(lower(title), lower($topic)) or contains(lower(text), lower($topic)))
group by source, published_on
order by day, source
