-- One row per URL asked about, and page and version that it was read as: its captures that showed an article, in order.
select
    url.url,
    capture.payload_digest,
    capture.version,
    capture.captured_at,
    fetched.warc_file,
    fetched.warc_offset,
    fetched.warc_length
from core.capture as capture
inner join (select unnest($url_ids::bigint[]) as url_id) as asked on capture.url_id = asked.url_id
inner join raw.url as url on capture.url_id = url.url_id
inner join raw.fetched as fetched
    on
        capture.url_id = fetched.url_id
        and capture.captured_at = fetched.captured_at
        and capture.payload_digest = fetched.payload_digest
where capture.state = 'article'
qualify
    row_number() over (
        partition by capture.url_id, capture.captured_at, capture.payload_digest
        order by
            fetched.dropped_at is not null,
            fetched.warc_file asc,
            fetched.warc_offset asc
    ) = 1
order by url.url, capture.captured_at, capture.payload_digest
