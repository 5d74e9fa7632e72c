-- One row per source and field that is read otherwise: on how many pages, and how.
select
    source,
    field,
    count(*) as pages,
    count(*) filter (before_value is null) as gained,
    count(*) filter (after_value is null) as lost,
    count(*) filter (before_value is not null and after_value is not null) as altered
from core.rereading_difference
where reextraction_id = $reextraction_id
group by source, field
order by source asc, pages desc, field asc
