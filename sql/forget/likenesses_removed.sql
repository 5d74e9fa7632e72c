-- One row per pair with a text that is kept no more.
delete from core.likeness
where
    text_id not in (select body.text_id from core.body as body)
    or other_id not in (select body.text_id from core.body as body)
