-- One row per source: who wrote about a topic first?
--
-- Parameters
--   $topic varchar = 'harbour': words that headline or text hold, in any case
--   $since date = (select max(published_on) - 30 from mart.articles): first day of publication
--
-- Example, on the sample press: broadsheet ask topic_first
--   source           first_at                   title                           url
--  ────────────────────────────────────────────────────────────────────────────────────────────────────────────
--   harbour-gazette  2026-03-02 13:25:00+00:00  After forty-four years the pr…  http://www.harbourgazette.tes…
select
    source,
    min(coalesce(published_at, first_seen_at)) as first_at,
    arg_min(title, coalesce(published_at, first_seen_at)) as title,
    arg_min(url, coalesce(published_at, first_seen_at)) as url
from mart.articles
where
    published_on >= $since
    and (contains(lower(title), lower($topic)) or contains(lower(text), lower($topic)))
group by source
order by first_at, source
