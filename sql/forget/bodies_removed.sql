-- One row per text that no reading has any more.
delete from core.body
where text_id not in (select extraction.text_id from core.extraction as extraction)
