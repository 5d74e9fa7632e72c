-- One row per version of an article that follows another: what came and what went.
create or replace view mart.article_changes as
select
    version.article_id,
    version.number,
    article.source,
    article.url,
    if(template.number is null, version.change_kind, 'template') as change_kind,
    coalesce(change.title_changed, false) as title_changed,
    if(version.change_kind = 'gone', null, earlier.title) as earlier_title,
    version.title,
    coalesce(change.added, []) as added,
    coalesce(change.removed, []) as removed,
    coalesce(change.moved, 0) as words_moved,
    change.words,
    version.valid_from as changed_at,
    version.known_from
from core.article_version as version
inner join core.article as article on version.article_id = article.article_id
left join core.article_change as change
    on version.extraction_id = change.extraction_id and version.earlier_id = change.earlier_id
left join core.extraction as earlier on version.earlier_id = earlier.extraction_id
left join mart.template_changes as template
    on version.article_id = template.article_id and version.number = template.number
where version.change_kind <> 'first';

comment on view mart.article_changes is 'One row per version that follows another: what came, what went.';
comment on column mart.article_changes.article_id is 'The article.';
comment on column mart.article_changes.number is 'The version, as in mart.article_history.';
comment on column mart.article_changes.source is 'The source of the article.';
comment on column mart.article_changes.url is 'URL of the article.';
comment on column mart.article_changes.change_kind is
'substantive or minor (edits), template (furniture), unsure (other rules, the page before lost), gone or returned.';
comment on column mart.article_changes.title_changed is 'Whether the headline is another one.';
comment on column mart.article_changes.earlier_title is 'Headline before; null where the article is gone.';
comment on column mart.article_changes.title is 'Headline of this version; null where it is gone.';
comment on column mart.article_changes.added is 'Sentences that came, in order.';
comment on column mart.article_changes.removed is 'Sentences that went, in order.';
comment on column mart.article_changes.words_moved is 'How many words of headline and text came or went.';
comment on column mart.article_changes.words is 'Words of the longer version; null where it is gone.';
comment on column mart.article_changes.changed_at is 'Time of the capture that showed it first.';
comment on column mart.article_changes.known_from is 'When we loaded that capture.';
