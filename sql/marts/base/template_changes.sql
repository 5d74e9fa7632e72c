-- One row per version that is a change of furniture: what came or went did so in many articles of the source at once.
create or replace view mart.template_changes as
with change as (
    select
        version.article_id,
        version.number,
        article.source,
        version.valid_from::date as day,
        change.title_changed,
        list_distinct(
            list_concat(
                list_transform(change.added, lambda sentence: hash('+', sentence)),
                list_transform(change.removed, lambda sentence: hash('-', sentence))
            )
        ) as sentences
    from core.article_change as change
    inner join core.article_version as version
        on change.extraction_id = version.extraction_id and change.earlier_id = version.earlier_id
    inner join core.article as article on version.article_id = article.article_id
),

sentence as (
    select
        article_id,
        number,
        source,
        day,
        title_changed,
        unnest(sentences) as sentence
    from change
),

frequent as (
    select
        source,
        sentence
    from sentence
    group by source, sentence
    having count(*) >= 5
),

daily as (
    select
        source,
        sentence,
        day,
        count(*) as articles
    from sentence
    semi join frequent on sentence.source = frequent.source and sentence.sentence = frequent.sentence
    group by source, sentence, day
),

around as (
    select
        source,
        sentence,
        day,
        sum(articles) over (
            partition by source, sentence
            order by day range between interval 3 days preceding and interval 3 days following
        ) as articles
    from daily
),

daily_changes as (
    select
        source,
        day,
        count(*) as changes
    from change
    group by source, day
),

changes_around as (
    select
        source,
        day,
        sum(changes) over (
            partition by source
            order by day range between interval 3 days preceding and interval 3 days following
        ) as changes
    from daily_changes
),

shared as (
    select
        around.source,
        around.sentence,
        around.day
    from around
    inner join changes_around on around.source = changes_around.source and around.day = changes_around.day
    where around.articles >= 5 and 2 * around.articles >= changes_around.changes
)

select
    sentence.article_id,
    sentence.number,
    any_value(sentence.source) as source,
    any_value(sentence.day) as day
from sentence
left join shared
    on sentence.source = shared.source and sentence.day = shared.day and sentence.sentence = shared.sentence
where not sentence.title_changed
group by sentence.article_id, sentence.number
having bool_and(shared.sentence is not null);

comment on view mart.template_changes is
'One row per version that is a change of furniture: what came or went did so in many articles of the source at once.';
comment on column mart.template_changes.article_id is 'The article.';
comment on column mart.template_changes.number is 'The version, as in mart.article_history.';
comment on column mart.template_changes.source is 'The source.';
comment on column mart.template_changes.day is 'Day (UTC) of the capture that showed it first.';
