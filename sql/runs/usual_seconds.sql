-- One row: how many seconds a run of this kind takes, as the median of the last $runs completed ones; null: none did.
with this as (
    select
        kind,
        started_at
    from ops.run
    where run_id = $run_id
),

earlier as (
    select run.ended_at - run.started_at as took
    from ops.run as run
    inner join this on run.kind = this.kind
    where run.run_id <> $run_id and run.state = 'completed' and run.started_at <= this.started_at
    order by run.started_at desc, run.run_id desc
    limit $runs
)

select median(epoch(took)) as seconds
from earlier
