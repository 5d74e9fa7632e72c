-- One row per answer in the archive that one of the runs was brought by what had been forgotten.
select distinct
    fetched.warc_file,
    fetched.warc_offset
from ops.attempt as attempt
inner join raw.fetched as fetched
    on attempt.url_id = fetched.url_id and attempt.captured_at = fetched.captured_at
where
    attempt.run_id in (select unnest($run_ids::varchar[]))
    and attempt.reason = 'forgotten'
    and starts_with(fetched.warc_file, 'archive/')
