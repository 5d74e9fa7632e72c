-- One row per version of an article.
create or replace view mart.article_history as
select
    version.article_id,
    version.number,
    article.source,
    article.url,
    if(template.number is null, version.change_kind, 'template') as change_kind,
    version.title,
    body.text,
    version.word_count,
    version.valid_from,
    version.valid_to,
    version.known_from,
    version.extraction_id
from core.article_version as version
inner join core.article as article on version.article_id = article.article_id
left join core.extraction as extraction on version.extraction_id = extraction.extraction_id
left join core.body as body on extraction.text_id = body.text_id
left join mart.template_changes as template
    on version.article_id = template.article_id and version.number = template.number;

comment on view mart.article_history is 'One row per version of an article, derived from its captures.';
comment on column mart.article_history.article_id is 'The article.';
comment on column mart.article_history.number is 'Place in the order of versions, from 1.';
comment on column mart.article_history.source is 'The source of the article.';
comment on column mart.article_history.url is 'URL of the article.';
comment on column mart.article_history.change_kind is
'first, substantive, minor (a slip), template (furniture of many articles), unsure (page before lost), gone, returned.';
comment on column mart.article_history.title is 'Headline of this version; null where it is gone.';
comment on column mart.article_history.text is 'Text of this version; null where it is gone.';
comment on column mart.article_history.word_count is 'Words of the text.';
comment on column mart.article_history.valid_from is 'Time of the capture that showed it first.';
comment on column mart.article_history.valid_to is 'When the next version was first seen; null: it stands.';
comment on column mart.article_history.known_from is
'When we loaded that capture; for what we knew at another instant ask mart.article_beliefs or mart.as_of.';
comment on column mart.article_history.extraction_id is 'The reading, for evidence.evidence.';
