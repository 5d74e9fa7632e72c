-- One row per check result whose sample names one of the URLs, or has one of the sentences.
update ops.check_result
set sample = '[]'
where
    has_trace(sample)
    or len(list_filter($urls::varchar[], lambda url: contains(sample, url))) > 0
