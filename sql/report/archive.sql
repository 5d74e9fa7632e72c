-- One row per stretch of time, and one (day null) for all before the time shown: records kept then, and their bytes.
with kept as (
    select
        hash(warc_file, warc_offset) as place,
        warc_length as bytes,
        captured_at
    from raw.fetched
    where dropped_at is null and warc_length > 0
    union all
    select
        hash(warc_file, warc_offset) as place,
        warc_length as bytes,
        polled_at as captured_at
    from raw.poll
    where warc_length > 0
),

-- A page that came unchanged has the place of the record that was kept before.
record as (
    select
        any_value(bytes) as bytes,
        min(captured_at)::date as day
    from kept
    group by place
)

select
    if(day < $since, null, date_trunc($unit, day)::date) as day,
    count(*) as records,
    sum(bytes)::bigint as bytes
from record
group by all
order by day nulls first
