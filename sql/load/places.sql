-- One row per reading that the batch's versions and articles need and the batch does not hold: where it is kept.
create or replace temp table place as
with changed as (
    select
        extraction_id,
        earlier_id
    from version_made
    where change_kind is null and extraction_id is not null
),

wanted as (
    select extraction_id from changed
    union
    select earlier_id as extraction_id from changed
    union
    select present.extraction_id
    from present
    anti join article_before as kept
        on present.article_id = kept.article_id and present.extraction_id = kept.extraction_id
),

missing as materialized (
    select wanted.extraction_id
    from wanted
    anti join stage on wanted.extraction_id = stage.extraction_id
    where wanted.extraction_id is not null
)

select
    extraction.rowid as extraction_row,
    body.rowid as body_row
from missing
inner join core.extraction as extraction on missing.extraction_id = extraction.extraction_id
inner join core.body as body on extraction.text_id = body.text_id
