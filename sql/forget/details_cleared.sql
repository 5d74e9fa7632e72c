-- One row per attempt at another URL whose detail has one of the sentences.
update ops.attempt
set detail = ''
where has_trace(detail)
