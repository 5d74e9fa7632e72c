-- One row: one text for all that the tables say, whatever the order of loading and the names of runs and loads.
with urls as (
    select
        url.url,
        url.source,
        url.class,
        if(url.class = 'article', null, url.reason) as reason,
        article.url_id is not null and article.url_id <> url.url_id as is_duplicate
    from raw.url as url
    left join core.article_url as address on url.url_id = address.url_id
    left join core.article as article on address.article_id = article.article_id
    where url.class is not null
),

articles as (
    select
        article.url,
        article.source,
        article.title,
        article.authors,
        article.author_kinds,
        article.section,
        article.tags,
        article.language,
        article.declared_language,
        article.description,
        article.images,
        article.site_name,
        article.access,
        article.text,
        article.word_count,
        article.versions,
        article.published_at,
        article.published_on,
        article.published_precision,
        article.published_offset_minutes,
        article.published_zone_source,
        article.modified_at,
        article.modified_on,
        list(address.url order by address.url) as urls
    from core.article as article
    inner join core.article_url as address on article.article_id = address.article_id
    group by all
),

versions as (
    select
        article.url,
        version.number,
        version.change_kind,
        version.title,
        version.content_hash
    from core.article_version as version
    inner join core.article as article on version.article_id = article.article_id
),

evidence as (
    select
        article.url,
        line.field,
        line.producer,
        line.locator,
        line.value,
        line.raw_hash
    from evidence.evidence as line
    inner join core.article as article on line.extraction_id = article.extraction_id
    where line.chosen
),

-- Membership, not names: which id a cluster goes by depends on which of its articles came first.
clusters as (
    select list(url order by url) as copies
    from core.article
    where cluster_id is not null
    group by cluster_id
    having count(*) > 1
),

lines as (
    select to_json(urls)::varchar as line from urls
    union all
    select to_json(articles)::varchar as line from articles
    union all
    select to_json(versions)::varchar as line from versions
    union all
    select to_json(evidence)::varchar as line from evidence
    union all
    select to_json(clusters)::varchar as line from clusters
),

hashed as (
    select sha256(line) as hash
    from lines
)

select sha256(coalesce(string_agg(hash, '' order by hash), '')) as digest
from hashed
