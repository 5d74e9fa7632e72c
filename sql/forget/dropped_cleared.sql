-- One row per reading of another article that left out a line with one of the sentences: a teaser.
update core.extraction
set dropped = list_filter(dropped, lambda line: not regexp_matches(lower(nfc_normalize(line.text)), $pattern))
where
    len(list_filter(dropped, lambda line: regexp_matches(lower(nfc_normalize(line.text)), $pattern))) > 0
