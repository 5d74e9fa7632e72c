-- One row per URL of the batch that shows an article, and canonical URL that its pages name: their article.
create or replace temp table resolved as
with named as (
    select
        url_id,
        canonical_id,
        any_value(url) as url,
        any_value(coalesce(canonical_url, url)) as canonical_url,
        min(row(captured_at, payload_digest)) as first_named
    from reading
    where disposition = 'article'
    group by url_id, canonical_id
),

-- What is known of the URL itself goes before what is known of those that it names.
known as (
    select
        named.url_id,
        any_value(own.article_id) as own_id,
        arg_min(other.article_id, named.first_named) as other_id,
        arg_min(named.canonical_id, named.first_named) as first_id
    from named
    left join core.article_url as own on named.url_id = own.url_id
    left join core.article_url as other on named.canonical_id = other.url_id
    group by named.url_id
),

-- A page may name one that the same batch brings, and that one names a third.
linked as (
    select
        named.url_id,
        arg_min(coalesce(known.own_id, known.other_id, known.first_id), named.first_named) as article_id
    from named
    inner join known on named.canonical_id = known.url_id
    group by named.url_id
)

select
    named.url_id,
    named.url,
    named.canonical_id,
    named.canonical_url,
    coalesce(known.own_id, known.other_id, linked.article_id, known.first_id) as article_id
from named
inner join known on named.url_id = known.url_id
left join linked on named.url_id = linked.url_id
