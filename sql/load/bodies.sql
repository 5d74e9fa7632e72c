-- One row per text of the batch that is not kept yet.
insert into core.body
with bearer as (
    select min(stage.place) as place
    from stage
    semi join fresh on stage.place = fresh.place
    anti join core.body as kept on stage.text_id = kept.text_id
    group by stage.text_id
)

select
    stage.text_id,
    stage.text,
    $load_id as load_id
from stage
semi join bearer on stage.place = bearer.place
order by stage.published_at
