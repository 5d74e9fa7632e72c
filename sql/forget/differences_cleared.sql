-- One row per field of another page, read otherwise, that has one of the sentences.
delete from core.rereading_difference
where
    regexp_matches(
        regexp_replace(
            lower(nfc_normalize(concat_ws(chr(10), before_value, before_raw, after_value, after_raw))),
            '[^\p{L}\p{N}]+',
            ' ',
            'g'
        ),
        $pattern
    )
