-- One row if evidence was written for a batch that then was not loaded, else none.
select batch_key
from evidence.ops.pending
where batch_key not in (select load.batch_key from ops.load as load where load.batch_key is not null)
