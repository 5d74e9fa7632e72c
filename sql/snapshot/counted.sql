-- One row: how many rows the file has.
select count(*) as amount
from frozen
