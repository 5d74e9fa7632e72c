-- One row: how many readings the batch does not hold are needed, and how many pairs of readings are to be compared.
select
    (select count(*) from place) as missing,
    count(*) filter (change_kind is null and earlier_id is not null) as compared
from version_made
