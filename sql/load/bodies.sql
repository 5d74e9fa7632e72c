-- One row per text of the batch that is not kept yet.
insert into core.body
select
    stage.text_id,
    any_value(stage.text) as text,
    $load_id as load_id
from stage
semi join fresh on stage.extraction_id = fresh.extraction_id
anti join core.body as kept on stage.text_id = kept.text_id
where stage.reading_number = 1
group by stage.text_id
order by min(stage.published_at)
