-- One row per host asked in the time shown (UTC), the slowest first: seconds a request takes, over all requests.
with asked as (
    select
        split_part(split_part(url, '/', 3), '@', -1) as host,
        seconds / greatest(tries, 1) as seconds,
        tries,
        reason
    from ops.attempt
    where attempted_at >= $since and attempted_at < $until + 1 and tries > 0
)

select
    host,
    count(*) as attempts,
    sum(tries)::bigint as requests,
    quantile_cont(seconds, 0.5) as median_seconds,
    quantile_cont(seconds, 0.9) as p90_seconds,
    count(*) filter (reason in ('timeout', 'connection_failed', 'server_error', 'rate_limited')) as failures
from asked
group by host
order by median_seconds desc, host asc
limit $most
