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
        article.gone_at is not null as is_gone,
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
        body.text,
        version.content_hash,
        change.change_kind as compared_as,
        change.title_changed,
        change.added,
        change.removed
    from core.article_version as version
    inner join core.article as article on version.article_id = article.article_id
    left join core.extraction as extraction on version.extraction_id = extraction.extraction_id
    left join core.body as body on extraction.text_id = body.text_id
    left join core.article_change as change
        on version.extraction_id = change.extraction_id and version.earlier_id = change.earlier_id
),

-- What each URL showed, in order; a page that was sent again unchanged is no other.
shown as (
    select
        url.url,
        capture.state,
        capture.payload_digest,
        capture.captured_at,
        lag(capture.payload_digest) over (
            partition by capture.url_id order by capture.captured_at, capture.payload_digest
        ) as earlier_digest
    from core.capture as capture
    inner join raw.url as url on capture.url_id = url.url_id
),

captures as (
    select
        url,
        list(row(state, payload_digest) order by captured_at, payload_digest) as pages
    from shown
    where payload_digest is distinct from earlier_digest
    group by url
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
    select to_json(captures)::varchar as line from captures
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
