-- One row per reading that the batch's versions and articles need and the batch does not hold, with its text.
-- Texts are found by their place, each table by itself: any other plan unpacks every text there is, which took
-- 7 to 10 s in a million articles; this takes 0.03 s, and 10 ms for each text that lies far from the others.
-- `$missing` tells the planner where there is nothing to look for: 2 ms, not 20.
create or replace temp table older as
with kept as materialized (
    select extraction.*
    from core.extraction as extraction
    semi join place on extraction.rowid = place.extraction_row
    where $missing > 0
),

text as materialized (
    select
        body.text_id,
        body.text
    from core.body as body
    semi join place on body.rowid = place.body_row
    where $missing > 0
)

select
    kept.* exclude (load_id),
    text.text
from kept
inner join text on kept.text_id = text.text_id
