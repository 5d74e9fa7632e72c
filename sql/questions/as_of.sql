-- One row per article: what stood in the papers a day before, as we knew it then?
select
    source,
    title,
    valid_from
from mart.as_of($now::timestamptz - interval 1 day, $now::timestamptz - interval 1 day)
where valid_from > $now::timestamptz - interval 2 days
order by source, valid_from
