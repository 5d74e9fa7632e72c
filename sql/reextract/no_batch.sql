-- No row, in the shape of a batch's readings: all that versions need is kept already.
create or replace temp table stage as
select
    extraction.* exclude (load_id),
    body.text,
    false as is_repeated
from core.extraction as extraction
inner join core.body as body on extraction.text_id = body.text_id
where false
