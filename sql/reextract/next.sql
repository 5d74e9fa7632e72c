-- One row: the number of the next re-extraction.
select coalesce(max(reextraction_id), 0) + 1 as reextraction_id
from ops.reextraction
