-- One row per key that more than one row of its table has.
-- severity: error
with keys as (
    select
        'ops.run' as relation,
        run_id as key
    from ops.run
    union all
    select
        'ops.claim' as relation,
        claim_id::varchar as key
    from ops.claim
    union all
    select
        'ops.load' as relation,
        load_id::varchar as key
    from ops.load
)

select
    relation,
    key,
    count(*) as copies
from keys group by relation, key having count(*) > 1
union all
select
    'ops.load by batch' as relation,
    batch_key as key,
    count(*) as copies
from ops.load where batch_key is not null group by batch_key having count(*) > 1
union all
select
    'raw.endpoint' as relation,
    concat_ws('|', source, endpoint) as key,
    count(*) as copies
from raw.endpoint group by source, endpoint having count(*) > 1
union all
select
    'raw.url' as relation,
    url_id::varchar as key,
    count(*) as copies
from raw.url group by url_id having count(*) > 1
union all
select
    'core.body' as relation,
    text_id::varchar as key,
    count(*) as copies
from core.body group by text_id having count(*) > 1
union all
select
    'core.extraction' as relation,
    extraction_id::varchar as key,
    count(*) as copies
from core.extraction group by extraction_id having count(*) > 1
union all
select
    'core.article' as relation,
    article_id::varchar as key,
    count(*) as copies
from core.article group by article_id having count(*) > 1
union all
select
    'core.article_url' as relation,
    url_id::varchar as key,
    count(*) as copies
from core.article_url group by url_id having count(*) > 1
union all
select
    'core.capture' as relation,
    concat_ws('|', url_id, captured_at, payload_digest) as key,
    count(*) as copies
from core.capture group by url_id, captured_at, payload_digest having count(*) > 1
union all
select
    'core.article_version' as relation,
    concat_ws('|', article_id, number) as key,
    count(*) as copies
from core.article_version group by article_id, number having count(*) > 1
union all
select
    'core.rule' as relation,
    rule_id::varchar as key,
    count(*) as copies
from core.rule group by rule_id having count(*) > 1
union all
select
    'raw.fetched' as relation,
    concat_ws('|', url_id, captured_at, warc_file, warc_offset) as key,
    count(*) as copies
from raw.fetched group by url_id, captured_at, warc_file, warc_offset having count(*) > 1
order by relation, key
