-- One row per poll that named URLs for the first time: how many.
select
    number,
    count(*) as new
from named
group by number
