-- One row per load whose attempts are no longer those that it wrote.
-- severity: error
with attempts as (
    select
        load_id,
        count(*) as attempts
    from ops.attempt
    where load_id > $since
    group by load_id
)

select
    load.load_id,
    load.run_id,
    load.attempts as written,
    coalesce(attempts.attempts, 0) as found
from ops.load as load
left join attempts on load.load_id = attempts.load_id
where load.load_id > $since and load.attempts <> coalesce(attempts.attempts, 0)
order by load.load_id
