-- One row per URL, source and host that is forgotten and was not before.
insert into ops.tombstone
with mark as (
    select
        unnest($stones::bigint[]) as url_id,
        null::varchar as source,
        null::varchar as host
    union all
    select
        null as url_id,
        unnest($sources::varchar[]) as source,
        null as host
    union all
    select
        null as url_id,
        null as source,
        unnest($hosts::varchar[]) as host
)

select
    $subject as kind,
    mark.url_id,
    mark.source,
    mark.host,
    $why::varchar as why,
    $now as forgotten_at,
    null as proved_at,
    $load_id as load_id
from mark
anti join ops.tombstone as kept
    on
        mark.url_id is not distinct from kept.url_id
        and mark.source is not distinct from kept.source
        and mark.host is not distinct from kept.host
