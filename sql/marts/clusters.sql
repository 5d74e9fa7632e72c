-- One row per cluster of two articles or more: copies of one text, over sources or within one.
create or replace view mart.clusters as
with placed as (
    select
        article.article_id,
        article.cluster_id,
        article.source,
        article.url,
        article.title,
        article.language,
        article.first_seen_at,
        member.credit,
        -- Where only the day is known, its end: a copy must not pass for the origin because it says less.
        coalesce(
            article.published_at,
            least(article.first_seen_at, article.published_on::timestamptz + interval 1 day),
            article.first_seen_at
        ) as printed_at
    from core.cluster_member as member
    inner join core.article as article on member.article_id = article.article_id
),

gathered as (
    select
        cluster_id,
        count(*) as articles,
        count(distinct source) as sources,
        list(distinct source order by source) as source_names,
        arg_min(
            struct_pack(article_id := article_id, source := source, url := url, title := title, language := language),
            row(printed_at, first_seen_at, article_id)
        ) as earliest,
        mode(credit order by printed_at) as credited_to,
        count(credit) as credits,
        min(printed_at) as first_printed_at,
        max(printed_at) as last_printed_at,
        list(url order by printed_at, first_seen_at, article_id) as urls
    from placed
    group by cluster_id
    having count(*) > 1
)

select
    cluster_id,
    earliest.title,
    earliest.language,
    articles,
    sources,
    source_names,
    earliest.article_id as earliest_id,
    earliest.source as earliest_source,
    earliest.url as earliest_url,
    credited_to,
    credits,
    urls,
    first_printed_at,
    last_printed_at
from gathered;

comment on view mart.clusters is 'One row per cluster: two articles or more that are copies of one text.';
comment on column mart.clusters.cluster_id is
'The cluster, as in mart.articles. It stays as it grows; of two that merge the older (core.cluster_alias).';
comment on column mart.clusters.title is 'Headline of its earliest article.';
comment on column mart.clusters.language is 'Language of its earliest article.';
comment on column mart.clusters.articles is 'How many articles it has.';
comment on column mart.clusters.sources is 'Over how many sources.';
comment on column mart.clusters.source_names is 'The sources, by name.';
comment on column mart.clusters.earliest_id is 'The article printed first, as far as we know.';
comment on column mart.clusters.earliest_source is 'The source that printed it first.';
comment on column mart.clusters.earliest_url is 'Where it was printed first.';
comment on column mart.clusters.credited_to is
'The agency or paper that most of its articles name as the origin; null: none names one.';
comment on column mart.clusters.credits is 'How many of its articles name an origin.';
comment on column mart.clusters.urls is 'Its articles, as they were printed.';
comment on column mart.clusters.first_printed_at is
'When the first was printed: as it says, else when we saw it first (UTC).';
comment on column mart.clusters.last_printed_at is 'When the last was printed (UTC).';
