-- One row per file with a record that is older than its source's pages may be kept.
with rule as (
    select
        unnest($sources::varchar[]) as source,
        unnest($limits::timestamptz[]) as kept_since
),

place as (
    select
        url.source,
        fetched.warc_file,
        fetched.warc_offset,
        fetched.captured_at as used_at
    from raw.fetched as fetched
    inner join raw.url as url on fetched.url_id = url.url_id
    where fetched.dropped_at is null and fetched.warc_file <> ''
    union all
    select
        source,
        warc_file,
        warc_offset,
        polled_at as used_at
    from raw.poll
    where warc_file is not null
),

record as (
    select
        source,
        if(starts_with(warc_file, $root), substr(warc_file, length($root) + 1), warc_file) as warc_file,
        warc_offset,
        max(used_at) as used_at
    from place
    where source in (select rule.source from rule)
    group by all
)

select distinct record.warc_file
from record
inner join rule on record.source = rule.source
where record.used_at < rule.kept_since
