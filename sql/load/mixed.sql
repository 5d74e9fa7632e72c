-- One row: how many captures were read by another version than the page beside them or before them.
select count(*) as captures
from paired
where earlier.version <> version or beside.version <> version
