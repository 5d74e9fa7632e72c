-- One row per URL of an article that was merged into an older one.
update core.article_url as address
set article_id = merged.article_id, load_id = $load_id
from merged
where address.article_id = merged.alias_id
