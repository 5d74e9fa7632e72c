-- One row per pause that a host of the source asked for.
delete from raw.pause
where host in (select regexp_replace(own.host, '^www\.', '') from (select unnest($hosts::varchar[]) as host) as own)
