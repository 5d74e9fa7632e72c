-- One row per capture of the articles that the batch touches, beside the page before it and another one of its URL.
create or replace temp table paired as
with place as materialized (
    select capture.rowid as place
    from core.capture as capture
    semi join address on capture.url_id = address.url_id
),

kept as materialized (
    select capture.*
    from core.capture as capture
    semi join place on capture.rowid = place.place
),

captures as (
    select
        address.article_id,
        address.url,
        address.is_known,
        kept.*
    from kept
    inner join address on kept.url_id = address.url_id
),

-- Versions follow one URL: the one that the newest page calls canonical if it was read, else the first read.
named as (
    select
        article_id,
        count(*) = 1 as is_alone,
        arg_max(canonical_id, row(captured_at, payload_digest, url_id)) filter (state = 'article') as canonical_id,
        arg_min(url_id, row(captured_at, url, payload_digest)) filter (state = 'article') as first_id
    from captures
    group by article_id
    having bool_or(state = 'article')
),

main as (
    select
        named.article_id,
        any_value(named.is_alone) as is_alone,
        coalesce(any_value(captures.url_id), any_value(named.first_id)) as url_id,
        min(captures.captured_at) as main_from
    from named
    left join captures
        on
            named.article_id = captures.article_id
            and named.canonical_id = captures.url_id
            and captures.state = 'article'
    group by named.article_id
),

placed as (
    select
        captures.*,
        main.is_alone,
        main.url_id as main_id,
        captures.url_id = main.url_id or coalesce(captures.captured_at < main.main_from, false) as is_main
    from captures
    inner join main on captures.article_id = main.article_id
),

shown as (
    select
        *,
        case
            when state = 'article'
                then struct_pack(
                    url_id := url_id,
                    extraction_id := extraction_id,
                    payload_digest := payload_digest,
                    version := version,
                    content_hash := content_hash
                )
        end as page
    from placed
)

-- Most new articles have one capture, which has no neighbours: to look for them costs as much as all the rest.
select *
from shown
where is_alone
union all by name
select
    *,
    lag(page ignore nulls) over earlier as earlier,
    lag(state) over earlier as earlier_state,
    coalesce(lag(page ignore nulls) over same_url, lead(page ignore nulls) over same_url) as beside
from shown
where not is_alone
window
    earlier as (partition by article_id, is_main order by captured_at, payload_digest, url_id),
    same_url as (partition by url_id order by captured_at, payload_digest)
