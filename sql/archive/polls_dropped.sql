-- One row per answer of an endpoint that is not held any more.
update raw.poll as kept
set
    warc_file = null,
    warc_offset = null,
    warc_length = null
from moved
where
    if(starts_with(kept.warc_file, $root), substr(kept.warc_file, length($root) + 1), kept.warc_file) = moved.old_file
    and kept.warc_offset = moved.old_offset
    and moved.file is null
