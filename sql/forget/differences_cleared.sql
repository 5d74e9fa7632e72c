-- One row per field of another page, read otherwise, that has one of the sentences.
delete from core.rereading_difference
where has_trace(concat_ws(chr(10), before_value, before_raw, after_value, after_raw))
