-- One row per version of an article that was merged into an older one: what we knew of it until now.
insert into core.article_version_past by name
select
    version.*,
    $load_id as until_load_id
from core.article_version as version
semi join merged on version.article_id = merged.alias_id
