-- One row: the batch whose evidence is written.
update evidence.ops.pending
set batch_key = $batch_key
where batch_key <> $batch_key
