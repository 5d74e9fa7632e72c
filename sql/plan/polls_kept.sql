-- One row per question put to an endpoint.
insert into raw.poll by name
with first_named as (
    select
        number,
        count(*) as new
    from named
    group by number
)

select
    $run_id as run_id,
    poll.source,
    poll.endpoint,
    poll.kind,
    poll.status,
    poll.etag,
    poll.last_modified,
    len(poll.found) as found,
    coalesce(first_named.new, 0) as new,
    len(poll.found) - coalesce(first_named.new, 0) as known,
    poll.reason,
    poll.detail,
    poll.warc_file,
    poll.warc_offset,
    poll.warc_length,
    poll.polled_at,
    $load_id as load_id
from poll
left join first_named on poll.number = first_named.number
