-- One row per text that a fresh one may be like and that was compared in an earlier step.
-- Texts are found by their place; any other plan unpacks every text there is (sql/load/needed.sql).
create or replace temp table compared as
with rival as (
    select text_id from candidate
    union
    select other_id as text_id from candidate
),

place as materialized (
    select body.rowid as body_row
    from core.body as body
    semi join rival on body.text_id = rival.text_id
    anti join shingle on body.text_id = shingle.text_id
)

select
    body.text_id,
    body.text
from core.body as body
semi join place on body.rowid = place.body_row
