-- One row: how many pairs of readings are to be compared.
select count(*) as compared
from version_made
where change_kind is null and earlier_id is not null
