-- One row per candidate for a field of an extraction that has none yet.
insert into evidence.evidence
with stage as (
    select extraction
    from
        read_json(
            $stage,
            format = 'newline_delimited',
            maximum_object_size = 268435456,
            columns = {
                'extraction': 'STRUCT(
                extraction_id BIGINT,
                evidence STRUCT(field VARCHAR, producer VARCHAR, locator VARCHAR, value VARCHAR, raw VARCHAR,
                                raw_hash VARCHAR, chosen BOOLEAN)[])'
            }
        )
    where extraction is not null
    qualify row_number() over (partition by extraction.extraction_id) = 1
),

fresh as (
    select
        extraction.extraction_id,
        extraction.evidence
    from stage
    anti join evidence.evidence as kept on stage.extraction.extraction_id = kept.extraction_id
),

lines as (
    select
        extraction_id,
        generate_subscripts(evidence, 1) as number,
        unnest(evidence) as line
    from fresh
)

select
    extraction_id,
    number,
    line.field,
    line.producer,
    line.locator,
    line.value,
    line.raw,
    line.raw_hash,
    line.chosen
from lines
