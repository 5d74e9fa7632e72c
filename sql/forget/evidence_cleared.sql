-- One row per piece of evidence of another article that has one of the sentences.
delete from evidence.evidence
where
    regexp_matches(lower(nfc_normalize(value)), $pattern)
    or regexp_matches(lower(nfc_normalize(raw)), $pattern)
