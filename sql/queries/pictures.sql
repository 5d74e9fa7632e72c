-- One row per source: how many pictures do articles have, and do they say who took them?
--
-- Example, on the sample press: broadsheet ask pictures
--   source           articles  pictures  without  an_article  credited
--  ────────────────────────────────────────────────────────────────────
--   alpenkurier            25        11       14        0.44         0
--   harbour-gazette        27        11       16        0.41        11
--   shiosai-shimbun        25         0       25         0.0         0
select
    source,
    count(*) as articles,
    sum(len(images)) as pictures,
    count(*) filter (len(coalesce(images, [])) = 0) as without,
    round(avg(len(coalesce(images, []))), 2) as an_article,
    sum(len(list_filter(images, lambda image: image.credit <> ''))) as credited
from mart.articles
group by source
order by source
