-- One row per source and day of publication.
create or replace view mart.daily_counts as
with edited as (
    select distinct version.article_id
    from core.article_version as version
    anti join mart.template_changes as template
        on version.article_id = template.article_id and version.number = template.number
    where version.change_kind in ('substantive', 'minor')
)

select
    article.source,
    article.published_on as day,
    count(*) as articles,
    sum(article.word_count)::bigint as words,
    count(edited.article_id) as edited,
    count(*) filter (article.gone_at is not null) as gone
from core.article as article
left join edited on article.article_id = edited.article_id
group by article.source, article.published_on;

comment on view mart.daily_counts is 'One row per source and day of publication.';
comment on column mart.daily_counts.source is 'The source.';
comment on column mart.daily_counts.day is 'Date of publication in the publisher''s calendar; null: not known.';
comment on column mart.daily_counts.articles is 'Articles published that day.';
comment on column mart.daily_counts.words is 'Words of their texts.';
comment on column mart.daily_counts.edited is
'How many of them have a substantive or minor change; furniture and returns are none.';
comment on column mart.daily_counts.gone is 'How many of them are no longer there.';
