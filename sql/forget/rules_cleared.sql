-- One row per learned line that is one of the sentences.
delete from core.rule
where regexp_matches(lower(nfc_normalize(line)), $pattern)
