-- One row per article that turned out to be one that we have longer, and that one.
create or replace temp table merged as
select distinct
    kept.article_id as alias_id,
    resolved.article_id
from resolved
inner join core.article_url as kept on resolved.named_id = kept.url_id
where resolved.is_merging and kept.article_id <> resolved.article_id
