-- One row per text of the batch that is not kept yet.
insert into core.body
select
    reading.text_id,
    any_value(reading.text) as text,
    $load_id as load_id
from reading
anti join core.body as kept on reading.text_id = kept.text_id
group by reading.text_id
order by min(reading.published_at)
