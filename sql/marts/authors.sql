-- One row per author of an article.
create or replace view mart.authors as
select
    article_id,
    source,
    unnest(authors) as author,
    unnest(author_kinds) as kind,
    generate_subscripts(authors, 1)::integer as place,
    published_on
from core.article;

comment on view mart.authors is 'One row per author of an article.';
comment on column mart.authors.article_id is 'The article.';
comment on column mart.authors.source is 'The source of the article.';
comment on column mart.authors.author is 'The author as printed.';
comment on column mart.authors.kind is 'person or organisation.';
comment on column mart.authors.place is 'Place in the byline, from 1.';
comment on column mart.authors.published_on is 'Date of publication in the publisher''s calendar.';
