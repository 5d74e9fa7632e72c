-- One row per attempt at another URL whose detail has one of the sentences.
update ops.attempt
set detail = ''
where regexp_matches(regexp_replace(lower(nfc_normalize(detail)), '[^\p{L}\p{N}]+', ' ', 'g'), $pattern)
