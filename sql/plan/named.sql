-- One row per URL that the polls named and no poll had named before: the first that named it.
create or replace temp table named as
with line as (
    select
        number,
        source,
        endpoint,
        polled_at,
        generate_subscripts(found, 1) as place,
        unnest(found, recursive := true)
    from poll
)

select line.*
from line
anti join raw.url as kept on line.url_id = kept.url_id
qualify row_number() over (partition by line.url_id order by line.number, line.place) = 1
