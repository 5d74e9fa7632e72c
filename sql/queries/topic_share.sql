-- One row per source: how large is a topic's share of what a source publishes?
--
-- Parameters
--   $topic varchar = 'harbour': words that headline or text hold, in any case
--   $since date = (select max(published_on) - 30 from mart.articles): first day of publication
--
-- Example, on the sample press: broadsheet ask topic_share
--   source           on_topic  articles  share
--  ────────────────────────────────────────────
--   harbour-gazette         7        27  0.259
--   alpenkurier             0        25    0.0
--   shiosai-shimbun         0        25    0.0
select
    source,
    count(*) filter (contains(lower(title), lower($topic)) or contains(lower(text), lower($topic))) as on_topic,
    count(*) as articles,
    round(on_topic / count(*), 3) as share
from mart.articles
where published_on >= $since
group by source
order by share desc, source asc
