-- One row per reading whose text the batch's articles and versions need.
create or replace temp table needed as
with wanted as (
    select version.extraction_id
    from version
    semi join remade on version.article_id = remade.article_id
    where version.extraction_id is not null and version.earlier_id is not null
    union
    select version.earlier_id as extraction_id
    from version
    semi join remade on version.article_id = remade.article_id
    where version.extraction_id is not null and version.earlier_id is not null
)

select
    extraction.extraction_id,
    extraction.title,
    body.text
from core.extraction as extraction
semi join wanted on extraction.extraction_id = wanted.extraction_id
inner join core.body as body on extraction.text_id = body.text_id
