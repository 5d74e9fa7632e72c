-- One row per row that refers to one that is not there.
-- severity: error
-- An article's rows are all looked at if a load touched one of them, so that one it lost is missed.
with touched as (
    select article_id from core.article where load_id > $since
    union
    select article_id from core.article_url where load_id > $since
    union
    select article_id from core.article_version where load_id > $since
    union
    select article_id from core.article_version_past where until_load_id > $since
    union
    select article_id from ops.attempt where load_id > $since and article_id is not null
),

brought as (
    select distinct load_id from core.capture where load_id > $since
)

select
    'core.capture without extraction' as orphan,
    capture.url_id::varchar as key
from core.capture as capture
anti join core.extraction as extraction on capture.extraction_id = extraction.extraction_id
where capture.state = 'article' and capture.load_id > $since
union all
select
    'core.capture without article' as orphan,
    capture.url_id::varchar as key
from core.capture as capture
anti join core.article_url as address on capture.url_id = address.url_id
where capture.state = 'article' and capture.load_id > $since
union all
select
    'core.article_url without article' as orphan,
    address.url_id::varchar as key
from core.article_url as address
anti join core.article as article on address.article_id = article.article_id
where address.article_id in (select touched.article_id from touched)
union all
select
    'core.article without URL' as orphan,
    article.article_id::varchar as key
from core.article as article
anti join core.article_url as address
    on article.article_id = address.article_id and article.url_id = address.url_id and article.url = address.url
where article.article_id in (select touched.article_id from touched)
union all
select
    'core.article without version' as orphan,
    article.article_id::varchar as key
from core.article as article
anti join core.article_version as version on article.article_id = version.article_id
where article.article_id in (select touched.article_id from touched)
union all
select
    'core.article_version without article' as orphan,
    version.article_id::varchar as key
from core.article_version as version
anti join core.article as article on version.article_id = article.article_id
where version.article_id in (select touched.article_id from touched)
union all
select
    'core.article_version without capture' as orphan,
    version.article_id::varchar as key
from core.article_version as version
anti join core.capture as capture on version.url_id = capture.url_id and version.valid_from = capture.captured_at
where version.article_id in (select touched.article_id from touched)
union all
select
    'core.article_version without change' as orphan,
    version.article_id::varchar as key
from core.article_version as version
anti join core.article_change as change
    on version.extraction_id = change.extraction_id and version.earlier_id = change.earlier_id
where
    version.change_kind in ('substantive', 'minor', 'unsure')
    and version.article_id in (select touched.article_id from touched)
union all
select
    'core.capture without load' as orphan,
    brought.load_id::varchar as key
from brought
anti join ops.load as load on brought.load_id = load.load_id
union all
select
    'core.extraction without text' as orphan,
    extraction.extraction_id::varchar as key
from core.extraction as extraction
anti join core.body as body on extraction.text_id = body.text_id
where extraction.load_id > $since
union all
select
    'ops.attempt without run' as orphan,
    attempt.claim_id::varchar as key
from ops.attempt as attempt
anti join ops.run as run on attempt.run_id = run.run_id
where attempt.load_id > $since
union all
select
    'ops.attempt without URL' as orphan,
    attempt.claim_id::varchar as key
from ops.attempt as attempt
anti join raw.url as url on attempt.url_id = url.url_id
where attempt.load_id > $since
union all
select
    'core.article_version_past without article' as orphan,
    version.article_id::varchar as key
from core.article_version_past as version
anti join core.article as article on version.article_id = article.article_id
anti join core.article_alias as former on version.article_id = former.alias_id
anti join core.withdrawn_url as withdrawn on version.article_id = withdrawn.article_id
where version.article_id in (select touched.article_id from touched)
union all
select
    'core.article_change without reading' as orphan,
    change.extraction_id::varchar as key
from core.article_change as change
anti join core.extraction as extraction on change.extraction_id = extraction.extraction_id
where change.load_id > $since
order by orphan, key
