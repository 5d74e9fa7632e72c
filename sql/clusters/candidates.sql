-- One row per pair of texts, a fresh one among them, that have four marks in common and may be alike.
-- A mark of more than 1,000 texts is furniture and would pair everything with everything.
create or replace temp table candidate as
with fresh as (
    select
        text_id,
        mark
    from core.mark
    where load_id = $load_id
),

met as materialized (
    select
        mark.text_id,
        mark.mark
    from core.mark as mark
    semi join fresh on mark.mark = fresh.mark
),

telling as (
    select mark
    from met
    group by mark
    having count(*) <= 1000
),

pair as (
    select
        least(fresh.text_id, met.text_id) as text_id,
        greatest(fresh.text_id, met.text_id) as other_id,
        fresh.mark
    from fresh
    semi join telling on fresh.mark = telling.mark
    inner join met on fresh.mark = met.mark and fresh.text_id <> met.text_id
)

select
    text_id,
    other_id
from pair
group by text_id, other_id
having count(distinct mark) >= 4
