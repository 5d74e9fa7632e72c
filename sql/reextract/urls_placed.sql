-- One row per URL of an article that is not kept yet: as read, as its page names it, and of its AMP and mobile forms.
insert into core.article_url by name
with shown as (
    select
        move.url_id,
        url.url,
        reading.canonical_id,
        coalesce(reading.canonical_url, url.url) as canonical_url,
        move.to_forms,
        own.article_id as own_id,
        named.article_id as named_id,
        move.captured_at,
        move.payload_digest
    from move
    inner join raw.url as url on move.url_id = url.url_id
    inner join core.extraction as reading on move.to_id = reading.extraction_id
    left join core.article_url as own on move.url_id = own.url_id
    left join core.article_url as named on reading.canonical_id = named.url_id
    where move.to_state = 'article'
),

placed as (
    select
        *,
        first_value(coalesce(own_id, named_id, canonical_id)) over (
            partition by url_id order by captured_at, payload_digest
        ) as article_id
    from shown
),

form as (
    select
        article_id,
        unnest(to_forms) as url
    from placed
),

address as (
    select
        url_id,
        article_id,
        url,
        1 as rank
    from placed
    union all
    select
        canonical_id as url_id,
        article_id,
        canonical_url as url,
        2 as rank
    from placed
    union all
    select
        core.stable_id(url) as url_id,
        article_id,
        url,
        3 as rank
    from form
)

select
    address.url_id,
    address.article_id,
    address.url,
    address.rank = 3 as is_form,
    $load_id as load_id
from address
anti join core.article_url as kept on address.url_id = kept.url_id
qualify row_number() over (partition by address.url_id order by address.rank, address.article_id) = 1
