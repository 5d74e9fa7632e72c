-- One row per robots.txt of the source's hosts.
delete from raw.robots
where core.host(origin) in (select unnest($hosts::varchar[]))
