-- One row per attempt at another URL whose detail has one of the sentences.
update ops.attempt
set detail = ''
where regexp_matches(lower(nfc_normalize(detail)), $pattern)
