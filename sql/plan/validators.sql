-- One row per endpoint of the sources: the validators of its last answer that was read or had not changed.
select
    endpoint,
    arg_max_null(etag, polled_at) as etag,
    arg_max_null(last_modified, polled_at) as last_modified
from raw.poll
where status in (200, 304) and reason is null and source in (select unnest($sources::varchar[]))
group by endpoint
