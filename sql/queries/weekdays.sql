-- One row per source and weekday of the publisher's calendar: on which days is how much published?
--
-- Parameters
--   $source varchar = null: one source; null: all
--
-- Example, on the sample press: broadsheet ask weekdays
--   source       number  weekday    articles
--  ──────────────────────────────────────────
--   alpenkurier       1  Monday            3
--   alpenkurier       2  Tuesday           4
--   alpenkurier       3  Wednesday         4
--   alpenkurier       4  Thursday          4
--   ... 17 more
select
    source,
    isodow(published_on) as number,
    dayname(published_on) as weekday,
    count(*) as articles
from mart.articles
where published_on is not null and ($source is null or source = $source)
group by source, number, weekday
order by source, number
