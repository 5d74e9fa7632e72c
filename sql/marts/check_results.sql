-- One row per check and time it was made.
create or replace view mart.check_results as
select
    name,
    severity,
    run_id,
    offending,
    offending - lag(offending) over (partition by name order by checked_at, run_id) as more_than_before,
    sample,
    checked_at
from ops.check_result;

comment on view mart.check_results is 'One row per check of sql/checks and time it was made.';
comment on column mart.check_results.name is 'Name of the check.';
comment on column mart.check_results.severity is 'error withholds the read copy; warning is reported.';
comment on column mart.check_results.run_id is 'The run that asked; null outside of runs.';
comment on column mart.check_results.offending is 'How many rows break it.';
comment on column mart.check_results.more_than_before is 'How many more than the time before; null: it was the first.';
comment on column mart.check_results.sample is 'The first of them as JSON.';
comment on column mart.check_results.checked_at is 'When it was made.';
