-- One row per article id that is no longer used.
insert into core.article_alias
select
    alias_id,
    article_id,
    $load_id as load_id
from merged
