-- One row per source and state of the pages that are asked for: how many.
select
    source,
    state,
    count(*) as pages
from found
group by source, state
order by source, state
