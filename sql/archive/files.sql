-- One row per file that answers are kept in: how many, of which sources, from when to when.
with answer as (
    select
        fetched.warc_file,
        url.source,
        1 as pages,
        fetched.captured_at as answered_at
    from raw.fetched as fetched
    inner join raw.url as url on fetched.url_id = url.url_id
    where fetched.dropped_at is null and fetched.warc_file <> ''
    union all
    select
        warc_file,
        source,
        0 as pages,
        polled_at as answered_at
    from raw.poll
    where warc_file is not null
)

select
    if(starts_with(warc_file, $root), substr(warc_file, length($root) + 1), warc_file) as file,
    list_sort(list_distinct(list(source))) as sources,
    sum(pages)::bigint as pages,
    (count(*) - sum(pages))::bigint as polls,
    min(answered_at) as first_at,
    max(answered_at) as last_at
from answer
group by 1
order by 1
