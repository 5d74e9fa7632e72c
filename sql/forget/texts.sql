-- One row per text that was read off the URLs that are to be forgotten: bodies, headlines, descriptions.
with reading as (
    select
        text_id,
        title,
        description
    from core.extraction
    where url_id in (select unnest($url_ids::bigint[]))
)

select
    text,
    false as is_headline
from core.body
where text_id in (select reading.text_id from reading)
union
select
    description as text,
    false as is_headline
from reading
where description is not null
union
select
    title as text,
    true as is_headline
from reading
where title is not null
union
select
    hint_title as text,
    true as is_headline
from raw.url
where url_id in (select unnest($url_ids::bigint[])) and hint_title is not null
order by text
