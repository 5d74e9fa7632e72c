-- One row per source: how long does an article take from publication to the table?
--
-- Parameters
--   $since date = (select max(first_seen_at)::date - 30 from mart.articles): first day of capture
--
-- Example, on the sample press: broadsheet ask latency
--   source           articles  timed  minutes_to_capture  minutes_to_load  worst_p90
--  ──────────────────────────────────────────────────────────────────────────────────
--   shiosai-shimbun        25     25              4435.0           4435.0    17877.5
--   alpenkurier            25     25              4176.3           4176.3    15991.5
--   harbour-gazette        27     27              3593.8           3593.8    15314.0
select
    source,
    sum(articles) as articles,
    sum(timed) as timed,
    round(median(median_minutes_to_capture), 1) as minutes_to_capture,
    round(median(median_minutes_to_load), 1) as minutes_to_load,
    round(max(p90_minutes_to_load), 1) as worst_p90
from mart.latency
where day >= $since
group by source
order by minutes_to_load desc, source asc
