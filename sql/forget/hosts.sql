-- One row per host that has URLs of the source and of no other.
select core.host(url) as host
from raw.url
group by host
having bool_or(source = $source) and bool_and(source = $source) and core.host(any_value(url)) <> ''
order by host
