-- One row per reading that the batch's versions and articles need and the batch does not hold: where it is kept.
create or replace temp table place as
with changed as (
    select
        version.extraction_id,
        version.earlier_id
    from version
    semi join remade on version.article_id = remade.article_id
    where version.extraction_id is not null
),

wanted as (
    select extraction_id from changed
    union
    select earlier_id as extraction_id from changed
    union
    select present.extraction_id
    from present
    anti join core.article as kept
        on present.article_id = kept.article_id and present.extraction_id = kept.extraction_id
)

select
    extraction.extraction_id,
    extraction.rowid as extraction_row,
    body.rowid as body_row
from wanted
inner join core.extraction as extraction on wanted.extraction_id = extraction.extraction_id
inner join core.body as body on extraction.text_id = body.text_id
anti join reading on wanted.extraction_id = reading.extraction_id
