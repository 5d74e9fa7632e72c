-- One row: how many attempts there are.
select count(*) as attempts
from ops.attempt
