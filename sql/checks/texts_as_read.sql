-- One row per text that is not the one that was read: its id is 63 bits of its SHA-256.
-- severity: error
-- Every text is read for it: a run, whose loads copy the one from the other, leaves it to the whole checks.
select
    'core.article' as relation,
    article_id as key,
    url
from core.article
where $run_id::varchar is null and text_id <> core.stable_id(text)
union all
select
    'core.body' as relation,
    text_id as key,
    null as url
from core.body
where $run_id::varchar is null and text_id <> core.stable_id(text)
order by relation, key
