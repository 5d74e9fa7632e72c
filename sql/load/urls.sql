-- One row per URL of the batch that was not known.
insert into raw.url by name
select
    stage.url_id,
    any_value(stage.url) as url,
    arg_min(stage.source, stage.captured_at) as source,
    0 as failures,
    min(stage.captured_at) as first_seen_at,
    $load_id as load_id
from stage
anti join raw.url as kept on stage.url_id = kept.url_id
group by stage.url_id
