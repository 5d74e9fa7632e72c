-- One row per day: how much is published, by how many sources?
--
-- Parameters
--   $since date = (select max(published_on) - 30 from mart.articles): first day of publication
--
-- Example, on the sample press: broadsheet ask articles_by_day
--   day         articles  words  sources
--  ──────────────────────────────────────
--   2026-03-01         4    673        3
--   2026-03-02         4    796        3
--   2026-03-03         5    747        3
--   2026-03-04         4    633        3
--   ... 11 more
select
    day,
    sum(articles) as articles,
    sum(words) as words,
    count(distinct source) as sources
from mart.daily_counts
where day >= $since
group by day
order by day
