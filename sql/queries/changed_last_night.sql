-- One row per article that a run changed: what did the last run bring?
--
-- Parameters
--   $since timestamptz = (select max(started_at) from ops.run): changes settled then or later
--
-- Example, on the sample press: broadsheet ask changed_last_night
--   source       outcome  title                         url                           attempted_at
--  ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
--   alpenkurier  edited   Almtheater spielt ein Stück…  http://alpenkurier.test/kul…  2026-03-15 12:00:00+00:00
--   alpenkurier  edited   Papierfabrik heizt bald die…  http://alpenkurier.test/wir…  2026-03-15 12:00:00+00:00
--   alpenkurier  new      Hintertal ist wieder erreic…  http://alpenkurier.test/reg…  2026-03-15 12:00:00+00:00
--   alpenkurier  new      Turnfest bringt 800 Kinder …  http://alpenkurier.test/spo…  2026-03-15 12:00:00+00:00
--   ... 15 more
select
    attempt.source,
    attempt.outcome,
    article.title,
    attempt.url,
    attempt.attempted_at
from mart.attempts as attempt
left join mart.articles as article on attempt.article_id = article.article_id
where attempt.attempted_at >= $since and attempt.outcome in ('new', 'edited', 'gone')
order by attempt.source, attempt.outcome, attempt.url
