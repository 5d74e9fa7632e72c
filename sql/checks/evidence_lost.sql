-- One row per load that brought readings none of which has evidence: its file was lost, emptied or put back alone.
-- severity: error
-- Every reading of a page names where its headline stood.
with reading as (
    select
        load_id,
        extraction_id
    from core.extraction
    where load_id > $since
),

known as (
    select
        reading.load_id,
        count(*) as readings,
        count(evidence.extraction_id) as with_evidence
    from reading
    left join (select distinct extraction_id from evidence.evidence) as evidence
        on reading.extraction_id = evidence.extraction_id
    group by reading.load_id
)

select
    load_id,
    readings
from known
where with_evidence = 0
order by load_id
