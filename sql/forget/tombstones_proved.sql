-- One row per tombstone of what was searched for and found nowhere.
update ops.tombstone
set proved_at = $now
where
    proved_at is null
    and (
        url_id in (select unnest($stones::bigint[]))
        or source = $source
        or host in (select unnest($hosts::varchar[]))
    )
