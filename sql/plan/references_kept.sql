-- One row per URL and endpoint of the polls that had not named it before.
insert into raw.reference
with line as (
    select
        source,
        endpoint,
        polled_at,
        unnest(list_transform(found, lambda each: each.url_id)) as url_id
    from poll
),

fresh as (
    select
        line.url_id,
        line.source,
        line.endpoint,
        min(line.polled_at) as first_named_at
    from line
    semi join raw.url as url on line.url_id = url.url_id
    anti join raw.reference as kept
        on line.url_id = kept.url_id and line.endpoint = kept.endpoint and line.source = kept.source
    group by line.url_id, line.source, line.endpoint
)

select
    *,
    $load_id as load_id
from fresh
