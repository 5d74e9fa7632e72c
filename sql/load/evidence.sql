-- One row per candidate for a field of a reading that is not kept yet.
insert into evidence.evidence
with lines as (
    select
        stage.extraction_id,
        generate_subscripts(read.evidence, 1) as number,
        unnest(read.evidence) as line
    from read
    inner join stage on read.rowid = stage.place
    semi join fresh on stage.extraction_id = fresh.extraction_id
    where stage.reading_number = 1
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
