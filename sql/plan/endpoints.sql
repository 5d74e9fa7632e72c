-- One row per endpoint of the sources that was ever asked: how it stands.
select
    source,
    endpoint,
    kind,
    named_by,
    etag,
    last_modified,
    reason,
    failures,
    news,
    watched,
    read_at,
    news_at,
    polled_at,
    next_due_at
from raw.endpoint
where source in (select unnest($sources::varchar[]))
order by source, endpoint
