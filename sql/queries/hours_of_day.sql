-- One row per source and hour of its own clock: when is it published?
--
-- Parameters
--   $source varchar = null: one source; null: all
--
-- Example, on the sample press: broadsheet ask hours_of_day
--   source       hour  articles  bar
--  ───────────────────────────────────────────────────
--   alpenkurier     6         4  ████████████████████
--   alpenkurier     7         1  █████
--   alpenkurier     8         3  ███████████████
--   alpenkurier     9         1  █████
--   ... 45 more
select
    source,
    hour(published_at + to_minutes(published_offset_minutes)) as hour,
    count(*) as articles,
    bar(count(*), 0, max(count(*)) over (partition by source), 20) as bar
from mart.articles
where
    published_at is not null and published_offset_minutes is not null
    and ($source is null or source = $source)
group by source, hour
order by source, hour
