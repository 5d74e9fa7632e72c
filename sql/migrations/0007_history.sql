-- History on two axes: what each version was compared with, how it differs, and what we believed before.

alter table core.article_version add column earlier_id bigint;
comment on column core.article_version.earlier_id is
'The reading it was compared with: the page before, read by the same rules; null: there was none.';
comment on column core.article_version.change_kind is
'first, substantive, minor, or gone (an end); mart.article_history tells template apart.';

create table core.article_version_past (
    article_id bigint not null,
    number integer not null,
    change_kind varchar not null,
    url_id bigint not null,
    extraction_id bigint,
    earlier_id bigint,
    content_hash varchar,
    title varchar,
    word_count integer,
    valid_from timestamptz not null,
    valid_to timestamptz,
    known_from timestamptz not null,
    load_id bigint not null,
    until_load_id bigint not null
);
comment on table core.article_version_past is
'One row per row of core.article_version that a later load replaced: what we knew of an article until then.';
comment on column core.article_version_past.article_id is 'The article.';
comment on column core.article_version_past.number is 'Place in the order of versions, as it was.';
comment on column core.article_version_past.change_kind is 'first, substantive, minor, or gone, as it was.';
comment on column core.article_version_past.url_id is 'The URL it was seen at.';
comment on column core.article_version_past.extraction_id is 'What was read off the capture; null where it is gone.';
comment on column core.article_version_past.earlier_id is 'The reading it was compared with.';
comment on column core.article_version_past.content_hash is 'Hash of headline and text; null where it is gone.';
comment on column core.article_version_past.title is 'Headline; null where it is gone.';
comment on column core.article_version_past.word_count is 'Words of the text; null where it is gone.';
comment on column core.article_version_past.valid_from is 'When the capture that showed it first was made.';
comment on column core.article_version_past.valid_to is 'When the next version was seen, as it was; null: it stood.';
comment on column core.article_version_past.known_from is 'When we loaded the capture that showed it first.';
comment on column core.article_version_past.load_id is 'The load that wrote the row: known so from then on.';
comment on column core.article_version_past.until_load_id is 'The load that replaced it: known so until then.';

create table core.article_change (
    extraction_id bigint not null,
    earlier_id bigint not null,
    change_kind varchar not null,
    title_changed boolean not null,
    added varchar[] not null,
    removed varchar[] not null,
    moved integer not null,
    words integer not null,
    load_id bigint not null
);
comment on table core.article_change is 'One row per reading and the one it was compared with: how they differ.';
comment on column core.article_change.extraction_id is 'The later reading (core.extraction).';
comment on column core.article_change.earlier_id is 'The earlier reading, by the same rules.';
comment on column core.article_change.change_kind is
'minor (typo-size) or substantive, as docs/decisions/0030-kinds-of-change.md says.';
comment on column core.article_change.title_changed is 'Whether the headline is another one.';
comment on column core.article_change.added is 'Sentences that came, in order.';
comment on column core.article_change.removed is 'Sentences that went, in order.';
comment on column core.article_change.moved is 'How many words of headline and text came or went.';
comment on column core.article_change.words is 'Words of the longer of the two.';
comment on column core.article_change.load_id is 'The load that wrote this row.';

-- The sentences of a text, in order: a line ends one, and so does a full stop before a space, or one of East Asia's.
create macro core.sentences(words) as (
    list_filter(
        list_transform(
            string_split(
                regexp_replace(
                    regexp_replace(words, '([.!?…]["”»’)\]]*)\s+', '\1' || chr(10), 'g'),
                    '([。！？][」』”）]*)',
                    '\1' || chr(10),
                    'g'
                ),
                chr(10)
            ),
            lambda sentence: trim(sentence)
        ),
        lambda sentence: sentence <> ''
    )
);
