-- One row per way in which the selected pages end: before, and now.
select
    source,
    concat_ws(': ', before_state, before_reason) as before,
    concat_ws(': ', after_state, after_reason) as after,
    count(*) as pages
from core.rereading
where reextraction_id = $reextraction_id and role = 'selected'
group by all
order by source asc, pages desc, before asc, after asc
