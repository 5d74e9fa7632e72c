-- One row per answer that was kept of a URL, asked for or answering, page or endpoint; the newest first.
select
    url.url,
    fetched.target,
    url.source,
    fetched.status,
    fetched.content_type,
    fetched.body_bytes,
    fetched.payload_digest,
    fetched.warc_file,
    fetched.warc_offset,
    fetched.warc_length,
    fetched.captured_at,
    fetched.dropped_at,
    fetched.dropped_why
from raw.fetched as fetched
inner join raw.url as url on fetched.url_id = url.url_id
where fetched.url_id = $url_id or fetched.target = $url
union all
select
    endpoint as url,
    endpoint as target,
    source,
    status,
    null as content_type,
    null as body_bytes,
    null as payload_digest,
    coalesce(warc_file, '') as warc_file,
    coalesce(warc_offset, 0) as warc_offset,
    coalesce(warc_length, 0) as warc_length,
    polled_at as captured_at,
    if(warc_file is null, polled_at, null) as dropped_at,
    if(warc_file is null, 'not kept', null) as dropped_why
from raw.poll
where endpoint = $url
order by captured_at desc, warc_file desc, warc_offset desc
