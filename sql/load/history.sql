-- One row per capture of the articles that the batch touches, beside the reading it is to be compared with.
create or replace temp table history as
with touched as (
    select article_id from resolved
    union
    select known.article_id
    from stage
    inner join core.article_url as known on stage.url_id = known.url_id
    where stage.disposition = 'gone'
),

addresses as (
    select
        address.url_id,
        address.article_id,
        address.url
    from core.article_url as address
    semi join touched on address.article_id = touched.article_id
),

captures as (
    select
        addresses.article_id,
        addresses.url,
        capture.*
    from core.capture as capture
    inner join addresses on capture.url_id = addresses.url_id
),

-- Versions follow one URL: the one that the newest page calls canonical if it was read, else the first read.
named as (
    select
        article_id,
        arg_max(canonical_id, row(captured_at, payload_digest, url_id)) as canonical_id,
        arg_min(url_id, row(captured_at, url, payload_digest)) as first_id
    from captures
    where state = 'article'
    group by article_id
),

main as (
    select
        named.article_id,
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
                    payload_digest := payload_digest,
                    version := version,
                    content_hash := content_hash
                )
        end as page
    from placed
),

paired as (
    select
        *,
        lag(page ignore nulls) over earlier as earlier,
        lag(state) over earlier as earlier_state,
        coalesce(lag(page ignore nulls) over same_url, lead(page ignore nulls) over same_url) as beside
    from shown
    window
        earlier as (partition by article_id, is_main order by captured_at, payload_digest, url_id),
        same_url as (partition by url_id order by captured_at, payload_digest)
),

-- Like is compared with like: the other page as read by the version of this one, null if it never was.
compared as (
    select
        paired.* exclude (page, earlier, beside),
        paired.earlier is not null as has_earlier,
        case
            when paired.earlier.version = paired.version then paired.earlier.content_hash
            when paired.earlier.payload_digest = paired.payload_digest then paired.content_hash
            else earlier_again.content_hash
        end as earlier_hash,
        earlier_again.extraction_id as earlier_again_id,
        case
            when paired.beside.version = paired.version then paired.beside.content_hash
            when paired.beside.payload_digest = paired.payload_digest then paired.content_hash
            else beside_again.content_hash
        end as beside_hash
    from paired
    left join core.extraction as earlier_again
        on
            paired.earlier.url_id = earlier_again.url_id
            and paired.earlier.payload_digest = earlier_again.payload_digest
            and paired.version = earlier_again.version
            and paired.earlier.version <> paired.version
    left join core.extraction as beside_again
        on
            paired.beside.url_id = beside_again.url_id
            and paired.beside.payload_digest = beside_again.payload_digest
            and paired.version = beside_again.version
            and paired.beside.version <> paired.version
)

select
    *,
    coalesce(earlier_hash <> content_hash, false) as differs_from_earlier,
    coalesce(beside_hash <> content_hash, false) as differs_beside
from compared
