-- One row per source and section: what are the papers made of?
--
-- Parameters
--   $source varchar = null: one source; null: all
--
-- Example, on the sample press: broadsheet ask sections
--   source       section     articles  share  median_words
--  ────────────────────────────────────────────────────────
--   alpenkurier  Region             6   0.24            92
--   alpenkurier  Sport              5    0.2           107
--   alpenkurier  Wirtschaft         5    0.2           161
--   alpenkurier  Wissen             4   0.16           122
--   ... 13 more
select
    source,
    section,
    count(*) as articles,
    round(count(*) / sum(count(*)) over (partition by source), 3) as share,
    quantile_disc(word_count, 0.5) as median_words
from mart.articles
where $source is null or source = $source
group by source, section
order by source asc, articles desc, section asc
