-- One row per reading of the batch that is not kept yet.
create or replace temp table fresh as
select extraction_id
from stage
anti join core.extraction as kept on stage.extraction_id = kept.extraction_id
where extraction_id is not null and reading_number = 1
