-- One row per reading of another article that left out a line with one of the sentences: a teaser.
update core.extraction
set
    dropped = list_filter(
        dropped,
        lambda line: not regexp_matches(
            regexp_replace(lower(nfc_normalize(line.text)), '[^\p{L}\p{N}]+', ' ', 'g'), $pattern
        )
    )
where
    regexp_matches(
        regexp_replace(
            lower(nfc_normalize(array_to_string(list_transform(dropped, lambda line: line.text), chr(10)))),
            '[^\p{L}\p{N}]+',
            ' ',
            'g'
        ),
        $pattern
    )
