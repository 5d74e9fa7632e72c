-- One row per version of an article and stretch of time during which we knew it so.
create or replace view mart.article_beliefs as
with version as (
    select
        *,
        null as until_load_id
    from core.article_version
    union all by name
    select *
    from core.article_version_past
)

select
    version.article_id,
    version.number,
    version.change_kind,
    version.title,
    version.word_count,
    version.valid_from,
    version.valid_to,
    written.loaded_at as known_from,
    replaced.loaded_at as known_to,
    version.extraction_id
from version
inner join ops.load as written on version.load_id = written.load_id
left join ops.load as replaced on version.until_load_id = replaced.load_id
where replaced.loaded_at is null or replaced.loaded_at > written.loaded_at;

comment on view mart.article_beliefs is
'One row per version of an article and stretch of time in which we knew it so: both axes of time.';
comment on column mart.article_beliefs.article_id is 'The article.';
comment on column mart.article_beliefs.number is 'Place in the order of versions, as known then.';
comment on column mart.article_beliefs.change_kind is
'first, substantive, minor, unsure (the page before is lost), gone (an end), or returned (unchanged, after an end).';
comment on column mart.article_beliefs.title is 'Headline of the version; null where it is gone.';
comment on column mart.article_beliefs.word_count is 'Words of the text.';
comment on column mart.article_beliefs.valid_from is 'Since when it was published, as known then.';
comment on column mart.article_beliefs.valid_to is 'Until when, as known then; null: it stood.';
comment on column mart.article_beliefs.known_from is 'The load from which on we knew so.';
comment on column mart.article_beliefs.known_to is 'The load that taught us better; null: none has.';
comment on column mart.article_beliefs.extraction_id is 'The reading; null where it is gone.';
