-- No row, in the shape of a batch's readings: all that versions need is kept already.
create or replace temp table stage as
select
    extraction.* exclude (load_id),
    body.text,
    1 as reading_number
from core.extraction as extraction
inner join core.body as body on extraction.text_id = body.text_id
where false
