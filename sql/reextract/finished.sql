-- One row: all pages of the re-extraction are read.
update ops.reextraction
set state = 'read', read_at = $now, load_id = $load_id
where reextraction_id = $reextraction_id and state = 'reading'
