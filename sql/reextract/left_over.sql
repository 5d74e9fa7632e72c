-- One row: how many pages of the re-extraction are not read yet.
select count(*) as pages
from core.rereading
where reextraction_id = $reextraction_id and after_state is null
