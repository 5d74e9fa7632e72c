-- One row per text that was read off the URLs that are to be forgotten: bodies, descriptions.
with reading as (
    select
        text_id,
        description
    from core.extraction
    where url_id in (select unnest($url_ids::bigint[]))
)

select text
from core.body
where text_id in (select reading.text_id from reading)
union
select description as text
from reading
where description is not null
order by text
