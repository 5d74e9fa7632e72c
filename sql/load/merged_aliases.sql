-- One row per former id of an article that was merged in its turn.
update core.article_alias as alias
set article_id = merged.article_id, load_id = $load_id
from merged
where alias.article_id = merged.alias_id
