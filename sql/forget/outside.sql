-- One row per file of the user's, outside of the data folder, that holds a page of the URLs.
select distinct warc_file
from raw.fetched
where
    url_id in (select unnest($url_ids::bigint[]))
    and warc_file <> ''
    and starts_with(warc_file, '/')
    and not starts_with(warc_file, $root)
order by warc_file
