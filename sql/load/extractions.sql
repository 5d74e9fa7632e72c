-- One row per page of the batch that this version of the extractor had not read.
insert into core.extraction by name
with fresh as (
    select reading.*
    from reading
    anti join core.extraction as kept on reading.extraction_id = kept.extraction_id
    qualify row_number() over (partition by reading.extraction_id order by reading.captured_at) = 1
)

select
    * exclude (url, target, source, captured_at, disposition, text),
    $load_id as load_id
from fresh
order by published_at
