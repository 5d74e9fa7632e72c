-- One row per pair of readings of the batch whose difference is not kept yet.
insert into core.article_change by name
select
    change.*,
    $load_id as load_id
from change
anti join core.article_change as kept
    on change.extraction_id = kept.extraction_id and change.earlier_id = kept.earlier_id
