-- One row per URL of the batch that was not known.
insert into raw.url by name
select
    * exclude (place),
    $load_id as load_id
from url_settled
where place is null
