-- One row per candidate for a field of a reading that is not kept yet.
insert into evidence.evidence
with lines as (
    select
        stage.extraction_id,
        generate_subscripts(stage.evidence, 1) as number,
        unnest(stage.evidence) as line
    from stage
    semi join fresh on stage.place = fresh.place
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
