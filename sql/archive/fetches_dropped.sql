-- One row per answer to a request for a page that is not held any more; its last place stays as it was.
update raw.fetched as kept
set
    dropped_at = $now,
    dropped_why = moved.why
from moved
where
    if(starts_with(kept.warc_file, $root), substr(kept.warc_file, length($root) + 1), kept.warc_file) = moved.old_file
    and kept.warc_offset = moved.old_offset
    and moved.file is null
    and kept.dropped_at is null
