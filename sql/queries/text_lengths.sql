-- One row per source: how long are its articles?
--
-- Parameters
--   $since date = (select max(published_on) - 30 from mart.articles): first day of publication
--
-- Example, on the sample press: broadsheet ask text_lengths
--   source           articles  shortest  lower_quarter  median  upper_quarter  longest
--  ────────────────────────────────────────────────────────────────────────────────────
--   shiosai-shimbun        25       163            194     216            268      315
--   harbour-gazette        27        89            124     155            209      280
--   alpenkurier            25        78             95     110            131      199
select
    source,
    count(*) as articles,
    min(word_count) as shortest,
    quantile_disc(word_count, 0.25) as lower_quarter,
    quantile_disc(word_count, 0.5) as median,
    quantile_disc(word_count, 0.75) as upper_quarter,
    max(word_count) as longest
from mart.articles
where published_on >= $since
group by source
order by median desc, source asc
