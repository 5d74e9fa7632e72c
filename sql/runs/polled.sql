-- One row: how many endpoints a run asked, and how many URLs they named that were new.
select
    count(*) as endpoints,
    coalesce(sum(new), 0)::bigint as named
from raw.poll
where run_id = $run_id
