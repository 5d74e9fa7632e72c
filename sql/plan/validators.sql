-- One row per endpoint of the sources: the validators of its last answer that was read or had not changed.
select
    endpoint,
    etag,
    last_modified
from raw.endpoint
where read_at is not null and source in (select unnest($sources::varchar[]))
