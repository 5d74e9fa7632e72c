-- One row per source: which fields could not be read, in how many articles?
--
-- Example, on the sample press: broadsheet ask fields_missing
--   source           articles  title  authors  published_at  section  tags  language  description  images
--  ───────────────────────────────────────────────────────────────────────────────────────────────────────
--   alpenkurier            25      0        0             0        0     0         0            0      14
--   harbour-gazette        27      0        0             0        0     0         0            0      16
--   shiosai-shimbun        25      0        0             0        0    25         0           25      25
select
    source,
    count(*) as articles,
    count(*) filter (coalesce(title, '') = '') as title,
    count(*) filter (len(coalesce(authors, [])) = 0) as authors,
    count(*) filter (published_at is null) as published_at,
    count(*) filter (section is null) as section,
    count(*) filter (len(coalesce(tags, [])) = 0) as tags,
    count(*) filter (language is null) as language,
    count(*) filter (coalesce(description, '') = '') as description,
    count(*) filter (len(coalesce(images, [])) = 0) as images
from mart.articles
group by source
order by source
