-- One row per tag of an article.
create or replace view mart.tags as
select
    article_id,
    source,
    unnest(tags) as tag,
    published_on
from core.article;

comment on view mart.tags is 'One row per tag of an article.';
comment on column mart.tags.article_id is 'The article.';
comment on column mart.tags.source is 'The source of the article.';
comment on column mart.tags.tag is 'The tag as printed.';
comment on column mart.tags.published_on is 'Date of publication in the publisher''s calendar.';
