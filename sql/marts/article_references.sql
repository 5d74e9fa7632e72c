-- One row per URL of an article and endpoint that named it; one without an endpoint where none did.
create or replace view mart.article_references as
select
    address.article_id,
    article.source as article_source,
    address.url,
    address.url_id = article.url_id as is_main,
    reference.source,
    reference.endpoint,
    reference.first_named_at
from core.article_url as address
inner join core.article as article on address.article_id = article.article_id
left join raw.reference as reference on address.url_id = reference.url_id;

comment on view mart.article_references is
'One row per URL of an article and endpoint that named it: under which addresses, feeds and sources it came.';
comment on column mart.article_references.article_id is 'The article.';
comment on column mart.article_references.article_source is 'The source that had it first.';
comment on column mart.article_references.url is 'One of its URLs.';
comment on column mart.article_references.is_main is 'Whether its versions follow this URL.';
comment on column mart.article_references.source is 'The source whose endpoint named it; null: none did.';
comment on column mart.article_references.endpoint is
'The feed, sitemap, section page or list that named it; null: none.';
comment on column mart.article_references.first_named_at is 'When that endpoint named it first.';
