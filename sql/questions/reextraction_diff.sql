-- One row per source and field: what would change if the newest re-extraction were promoted?
with newest as (
    select max(reextraction_id) as newest_id
    from mart.reextraction_diff
)

select
    source,
    field,
    count(*) as pages,
    count(*) filter (before_value is null) as gained,
    count(*) filter (after_value is null) as lost,
    any_value(url) as example
from mart.reextraction_diff, newest
where reextraction_id = newest_id
group by source, field
order by pages desc, source asc, field asc
