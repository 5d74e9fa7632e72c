-- One row per reading of the batch that is not kept yet: the row that holds it.
create or replace temp table fresh as
select stage.place
from stage
anti join core.extraction as kept on stage.extraction_id = kept.extraction_id
where stage.extraction_id is not null and not stage.is_repeated
