-- One row per mark of a text that is kept no more.
delete from core.mark
where text_id not in (select body.text_id from core.body as body)
