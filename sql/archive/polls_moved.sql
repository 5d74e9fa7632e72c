-- One row per answer of an endpoint whose record lies elsewhere now.
update raw.poll as kept
set
    warc_file = moved.file,
    warc_offset = moved.record_offset,
    warc_length = moved.record_length
from moved
where
    if(starts_with(kept.warc_file, $root), substr(kept.warc_file, length($root) + 1), kept.warc_file) = moved.old_file
    and kept.warc_offset = moved.old_offset
    and moved.file is not null
