-- One row per source: who answers slowly, or only when asked again?
--
-- Example, on the sample press: broadsheet ask slow_sources
--   source           requests  asked_again
--  ────────────────────────────────────────
--   shiosai-shimbun        56            0
--   alpenkurier            58            0
--   harbour-gazette        62            0
select
    source,
    count(*) as requests,
    round(median(seconds), 3) as median_seconds,
    round(quantile_cont(seconds, 0.9), 3) as p90_seconds,
    round(max(seconds), 3) as slowest,
    count(*) filter (tries > 1) as asked_again
from mart.attempts
where seconds is not null
group by source
order by median_seconds desc, source asc
