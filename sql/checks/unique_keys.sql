-- One row per key that more than one row of its table has.
-- severity: error
-- A key that a load brought a second time has a row of that load.
-- Keys are grouped as the numbers they are, those with texts only where their numbers are equal: 3 s less a million.
with capture as (
    select
        url_id,
        captured_at
    from core.capture
    where url_id in (select fresh.url_id from core.capture as fresh where fresh.load_id > $since)
    group by url_id, captured_at
    having count(*) > 1
),

fetched as (
    select
        url_id,
        captured_at
    from raw.fetched
    where url_id in (select fresh.url_id from raw.fetched as fresh where fresh.load_id > $since)
    group by url_id, captured_at
    having count(*) > 1
)

select
    'ops.run' as relation,
    run_id as key,
    count(*) as copies
from ops.run group by run_id having count(*) > 1
union all
select
    'ops.claim' as relation,
    claim_id::varchar as key,
    count(*) as copies
from ops.claim
where claim_id in (select fresh.claim_id from ops.claim as fresh where fresh.load_id > $since)
group by claim_id having count(*) > 1
union all
select
    'ops.load' as relation,
    load_id::varchar as key,
    count(*) as copies
from ops.load group by load_id having count(*) > 1
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
from raw.url
where url_id in (select fresh.url_id from raw.url as fresh where fresh.load_id > $since)
group by url_id having count(*) > 1
union all
select
    'core.body' as relation,
    text_id::varchar as key,
    count(*) as copies
from core.body
where text_id in (select fresh.text_id from core.body as fresh where fresh.load_id > $since)
group by text_id having count(*) > 1
union all
select
    'core.extraction' as relation,
    extraction_id::varchar as key,
    count(*) as copies
from core.extraction
where extraction_id in (select fresh.extraction_id from core.extraction as fresh where fresh.load_id > $since)
group by extraction_id having count(*) > 1
union all
select
    'core.article' as relation,
    article_id::varchar as key,
    count(*) as copies
from core.article
where article_id in (select fresh.article_id from core.article as fresh where fresh.load_id > $since)
group by article_id having count(*) > 1
union all
select
    'core.article_url' as relation,
    url_id::varchar as key,
    count(*) as copies
from core.article_url
where url_id in (select fresh.url_id from core.article_url as fresh where fresh.load_id > $since)
group by url_id having count(*) > 1
union all
select
    'core.article_version' as relation,
    concat_ws('|', article_id, number) as key,
    count(*) as copies
from core.article_version
where article_id in (select fresh.article_id from core.article_version as fresh where fresh.load_id > $since)
group by article_id, number having count(*) > 1
union all
select
    'core.article_change' as relation,
    concat_ws('|', extraction_id, earlier_id) as key,
    count(*) as copies
from core.article_change
where extraction_id in (select fresh.extraction_id from core.article_change as fresh where fresh.load_id > $since)
group by extraction_id, earlier_id having count(*) > 1
union all
select
    'core.rule' as relation,
    rule_id::varchar as key,
    count(*) as copies
from core.rule group by rule_id having count(*) > 1
union all
select
    'core.capture' as relation,
    concat_ws('|', kept.url_id, kept.captured_at, kept.payload_digest) as key,
    count(*) as copies
from core.capture as kept
semi join capture as equal on kept.url_id = equal.url_id and kept.captured_at = equal.captured_at
group by kept.url_id, kept.captured_at, kept.payload_digest having count(*) > 1
union all
select
    'raw.reference' as relation,
    concat_ws('|', url_id, source, endpoint) as key,
    count(*) as copies
from raw.reference
where url_id in (select fresh.url_id from raw.reference as fresh where fresh.load_id > $since)
group by url_id, source, endpoint having count(*) > 1
union all
select
    'raw.fetched' as relation,
    concat_ws('|', kept.url_id, kept.captured_at, kept.warc_file, kept.warc_offset) as key,
    count(*) as copies
from raw.fetched as kept
semi join fetched as equal on kept.url_id = equal.url_id and kept.captured_at = equal.captured_at
group by kept.url_id, kept.captured_at, kept.warc_file, kept.warc_offset having count(*) > 1
order by relation, key
