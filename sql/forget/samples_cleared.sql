-- One row per check result whose sample names one of the URLs, or has one of the sentences.
update ops.check_result
set sample = '[]'
where
    regexp_matches(regexp_replace(lower(nfc_normalize(sample)), '[^\p{L}\p{N}]+', ' ', 'g'), $pattern)
    or len(list_filter($urls::varchar[], lambda url: contains(sample, url))) > 0
