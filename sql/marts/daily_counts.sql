-- One row per source and day of publication.
create or replace view mart.daily_counts as
select
    source,
    published_on as day,
    count(*) as articles,
    sum(word_count)::bigint as words,
    count(*) filter (versions > 1) as edited,
    count(*) filter (gone_at is not null) as gone
from core.article
group by source, published_on;

comment on view mart.daily_counts is 'One row per source and day of publication.';
comment on column mart.daily_counts.source is 'The source.';
comment on column mart.daily_counts.day is 'Date of publication in the publisher''s calendar; null: not known.';
comment on column mart.daily_counts.articles is 'Articles published that day.';
comment on column mart.daily_counts.words is 'Words of their texts.';
comment on column mart.daily_counts.edited is 'How many of them were changed after publication.';
comment on column mart.daily_counts.gone is 'How many of them are no longer there.';
