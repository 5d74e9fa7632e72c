-- One row per URL of an article that is withdrawn, with which it may come back.
insert into core.withdrawn_url by name
select
    kept.url_id,
    kept.article_id,
    kept.url,
    kept.is_form,
    kept.load_id,
    $load_id as withdrawn_load_id
from core.article_url as kept
semi join merged on kept.article_id = merged.alias_id
