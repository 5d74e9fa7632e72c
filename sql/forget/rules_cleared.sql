-- One row per learned line that is one of the sentences.
delete from core.rule
where regexp_matches(regexp_replace(lower(nfc_normalize(line)), '[^\p{L}\p{N}]+', ' ', 'g'), $pattern)
