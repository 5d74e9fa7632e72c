-- One row per URL of the batch that shows an article: the article it belongs to.
create or replace temp table resolved as
with article as (
    select
        url_id,
        arg_min(url, row(captured_at, payload_digest)) as url,
        arg_min(canonical_id, row(captured_at, payload_digest)) as canonical_id,
        arg_min(coalesce(canonical_url, url), row(captured_at, payload_digest)) as canonical_url
    from reading
    where disposition = 'article'
    group by url_id
),

known as (
    select
        article.*,
        coalesce(own.article_id, named.article_id) as known_id
    from article
    left join core.article_url as own on article.url_id = own.url_id
    left join core.article_url as named on article.canonical_id = named.url_id
)

select
    known.url_id,
    known.url,
    known.canonical_id,
    known.canonical_url,
    coalesce(known.known_id, named.known_id, named.canonical_id, known.canonical_id) as article_id
from known
left join known as named on known.canonical_id = named.url_id
