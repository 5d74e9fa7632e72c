-- One row per source and reason: why did pages bring no article?
--
-- Parameters
--   $source varchar = null: one source; null: all
--
-- Example, on the sample press: broadsheet ask rejections_by_reason
--   source       outcome   reason        attempts  urls  example
--  ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
--   alpenkurier  gone                           2     2  http://alpenkurier.test/wirtschaft/saegewerk-stellt-u…
--   alpenkurier  rejected  consent_wall         1     1  http://alpenkurier.test/region/wanderweg-bleibt-gespe…
--   alpenkurier  rejected  gallery              1     1  http://alpenkurier.test/bilder/fasnacht-im-oberen-tal…
--   alpenkurier  rejected  listing              1     1  http://alpenkurier.test/dossier/seilbahnen
--   ... 22 more
select
    source,
    outcome,
    reason,
    count(*) as attempts,
    count(distinct url) as urls,
    any_value(url) as example
from mart.attempts
where outcome in ('rejected', 'gone') and ($source is null or source = $source)
group by source, outcome, reason
order by source asc, attempts desc, reason asc
