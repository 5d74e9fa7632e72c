-- One row per host of a run, the slowest first: seconds a request took, beside the median of its earlier requests.
-- Earlier: the last $runs completed runs of thirty days.
with this as (
    select started_at
    from ops.run
    where run_id = $run_id
),

earlier as (
    select run.run_id
    from ops.run as run
    cross join this
    where
        run.run_id <> $run_id
        and run.state = 'completed'
        and run.started_at between this.started_at - interval 30 days and this.started_at
    order by run.started_at desc, run.run_id desc
    limit $runs
),

loads as (
    select
        load.load_id,
        load.run_id
    from ops.load as load
    where load.run_id = $run_id or load.run_id in (select earlier.run_id from earlier)
),

requests as (
    select
        attempt.run_id = $run_id as is_this,
        regexp_extract(attempt.url, '^https?://([^/?#]+)', 1) as host,
        attempt.seconds / attempt.tries as seconds
    from ops.attempt as attempt
    inner join loads on attempt.load_id = loads.load_id and attempt.run_id = loads.run_id
    where attempt.tries > 0 and attempt.seconds > 0
)

select
    host,
    count(*) filter (is_this) as requests,
    median(seconds) filter (is_this) as seconds,
    max(seconds) filter (is_this) as longest,
    median(seconds) filter (not is_this) as usual_seconds
from requests
where host <> ''
group by host
having count(*) filter (is_this) > 0
order by seconds desc, host asc
limit $most
