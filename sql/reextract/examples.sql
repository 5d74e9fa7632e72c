-- One row per example of a field that is read otherwise: the first `$most` of each source and field.
select
    source,
    field,
    url,
    before_value,
    before_producer,
    before_locator,
    after_value,
    after_producer,
    after_locator,
    captured_at
from mart.reextraction_diff
where reextraction_id = $reextraction_id and field = coalesce($field, field)
qualify row_number() over (partition by source, field order by captured_at, url) <= $most
order by source, field, captured_at, url
