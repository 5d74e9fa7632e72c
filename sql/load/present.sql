-- One row per article that the batch touches: what its captures say of it now.
create or replace temp table present as
with captures as (
    select
        article_id,
        any_value(main_id) as url_id,
        arg_min(source, row(captured_at, url)) filter (state = 'article') as source,
        arg_max(extraction_id, row(captured_at, payload_digest, url_id)) filter (state = 'article' and is_main)
            as extraction_id,
        min(captured_at) filter (state = 'article') as first_seen_at,
        max(captured_at) filter (state = 'article') as last_captured_at
    from history
    group by article_id
),

versions as (
    select
        article_id,
        count(*) filter (state = 'article') as versions,
        arg_max_null(if(state = 'gone', valid_from, null), number) as gone_at
    from version
    group by article_id
),

address as (
    select distinct
        url_id,
        url
    from history
)

select
    captures.article_id,
    captures.url_id,
    captures.source,
    address.url,
    captures.extraction_id,
    captures.first_seen_at,
    captures.last_captured_at,
    versions.gone_at,
    versions.versions
from captures
inner join versions on captures.article_id = versions.article_id
inner join address on captures.url_id = address.url_id
