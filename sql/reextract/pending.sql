-- One row per page of the re-extraction that is not read yet, and where it is kept; in the order of the archive.
select
    page.url_id,
    url.url,
    page.source,
    page.captured_at,
    page.payload_digest,
    fetched.warc_file,
    fetched.warc_offset,
    fetched.warc_length,
    fetched.body_bytes
from core.rereading as page
inner join raw.url as url on page.url_id = url.url_id
left join raw.fetched as fetched
    on
        page.url_id = fetched.url_id
        and page.captured_at = fetched.captured_at
        and page.payload_digest = fetched.payload_digest
        and fetched.dropped_at is null
        and fetched.warc_file <> ''
where page.reextraction_id = $reextraction_id and page.after_state is null
qualify
    row_number() over (
        partition by page.url_id, page.captured_at, page.payload_digest order by fetched.warc_file, fetched.warc_offset
    ) = 1
order by fetched.warc_file, fetched.warc_offset, page.url_id
limit $most
