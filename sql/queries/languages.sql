-- One row per source and language: in which languages does a source write, and does the page say so?
--
-- Example, on the sample press: broadsheet ask languages
--   source           language  articles  declared_otherwise
--  ─────────────────────────────────────────────────────────
--   alpenkurier      de              25                   0
--   harbour-gazette  en              27                   0
--   shiosai-shimbun  ja              25                  25
select
    source,
    language,
    count(*) as articles,
    count(*) filter (declared_language is distinct from language) as declared_otherwise
from core.article
group by source, language
order by source asc, articles desc, language asc
