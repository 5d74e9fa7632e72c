-- One row per piece of evidence of another article that has one of the sentences.
delete from evidence.evidence
where
    regexp_matches(regexp_replace(lower(nfc_normalize(value)), '[^\p{L}\p{N}]+', ' ', 'g'), $pattern)
    or regexp_matches(regexp_replace(lower(nfc_normalize(raw)), '[^\p{L}\p{N}]+', ' ', 'g'), $pattern)
