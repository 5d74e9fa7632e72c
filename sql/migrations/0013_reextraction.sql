-- Re-extraction: what was read again, how it differs, what was promoted (docs/decisions/0032-reextraction.md).

create table ops.reextraction (
    reextraction_id bigint not null,
    selection varchar not null,
    rules varchar not null,
    state varchar not null,
    begun_by varchar not null,
    begun_at timestamptz not null,
    read_at timestamptz,
    load_id bigint not null
);
comment on table ops.reextraction is
'One row per re-extraction (`broadsheet reextract`): kept pages read again beside what stands.';
comment on column ops.reextraction.reextraction_id is 'Its number, counting up from 1.';
comment on column ops.reextraction.selection is 'Which pages were asked for, as JSON.';
comment on column ops.reextraction.rules is
'Hash of the code and rules that it reads by; while they last, the same call goes on with it.';
comment on column ops.reextraction.state is 'reading (pages are left to be read) or read.';
comment on column ops.reextraction.begun_by is 'Who began it: the name of the user at the system.';
comment on column ops.reextraction.begun_at is 'When it began.';
comment on column ops.reextraction.read_at is 'When the last page was read; null while some are left.';
comment on column ops.reextraction.load_id is 'The load that wrote this row last.';

create table ops.reextraction_step (
    reextraction_id bigint not null,
    step varchar not null,
    only_sources varchar[] not null,
    who varchar not null,
    why varchar not null,
    moved bigint not null,
    skipped bigint not null,
    done_at timestamptz not null,
    load_id bigint not null
);
comment on table ops.reextraction_step is
'One row per promotion or rollback of a re-extraction, each of which was one transaction.';
comment on column ops.reextraction_step.reextraction_id is 'The re-extraction.';
comment on column ops.reextraction_step.step is 'promote or rollback.';
comment on column ops.reextraction_step.only_sources is 'The sources it was done for; empty: all.';
comment on column ops.reextraction_step.who is 'Who did it: the name of the user at the system.';
comment on column ops.reextraction_step.why is 'Why, as it was given.';
comment on column ops.reextraction_step.moved is 'How many pages got another reading by it.';
comment on column ops.reextraction_step.skipped is
'How many were left as they are: another re-extraction had changed them since.';
comment on column ops.reextraction_step.done_at is 'When it was done.';
comment on column ops.reextraction_step.load_id is 'The load that did it.';

create table core.rereading (
    reextraction_id bigint not null,
    url_id bigint not null,
    source varchar not null,
    role varchar not null,
    captured_at timestamptz not null,
    payload_digest varchar not null,
    before_state varchar not null,
    before_reason varchar,
    before_id bigint,
    before_hash varchar,
    before_loaded_at timestamptz,
    before_load_id bigint,
    after_state varchar,
    after_reason varchar,
    after_id bigint,
    after_hash varchar,
    after_forms varchar[],
    promoted_load_id bigint,
    load_id bigint not null
);
comment on table core.rereading is
'One row per kept page of a re-extraction: how it stood when that began, and how it was read again.';
comment on column core.rereading.reextraction_id is 'The re-extraction.';
comment on column core.rereading.url_id is 'The URL.';
comment on column core.rereading.source is 'The source it belongs to.';
comment on column core.rereading.role is
'selected, or compared: the page before one, read again so that like is compared with like.';
comment on column core.rereading.captured_at is 'When the page came.';
comment on column core.rereading.payload_digest is 'SHA-256 of the page.';
comment on column core.rereading.before_state is 'article or rejected.';
comment on column core.rereading.before_reason is 'Why it was rejected.';
comment on column core.rereading.before_id is 'The reading that stood; null: none was kept.';
comment on column core.rereading.before_hash is 'Hash of headline and text of that reading.';
comment on column core.rereading.before_loaded_at is 'When its capture was loaded, for a rollback.';
comment on column core.rereading.before_load_id is 'The load of its capture, for a rollback.';
comment on column core.rereading.after_state is
'article, rejected, not_kept (the archive has it no more), failed (reading it met an error); null: not read yet.';
comment on column core.rereading.after_reason is 'Why it is rejected now, or what failed.';
comment on column core.rereading.after_id is 'The new reading.';
comment on column core.rereading.after_hash is 'Hash of headline and text of the new reading.';
comment on column core.rereading.after_forms is 'AMP and mobile forms that the page names.';
comment on column core.rereading.promoted_load_id is
'The load that made the new reading the current one; null: it is not.';
comment on column core.rereading.load_id is 'The load that wrote this row last.';

create table core.rereading_difference (
    reextraction_id bigint not null,
    url_id bigint not null,
    source varchar not null,
    field varchar not null,
    captured_at timestamptz not null,
    payload_digest varchar not null,
    before_id bigint,
    before_value varchar,
    before_producer varchar,
    before_locator varchar,
    before_raw varchar,
    after_id bigint,
    after_value varchar,
    after_producer varchar,
    after_locator varchar,
    after_raw varchar,
    load_id bigint not null
);
comment on table core.rereading_difference is
'One row per page and field that a re-extraction reads otherwise; mart.reextraction_diff has the texts too.';
comment on column core.rereading_difference.reextraction_id is 'The re-extraction.';
comment on column core.rereading_difference.url_id is 'The URL.';
comment on column core.rereading_difference.source is 'The source it belongs to.';
comment on column core.rereading_difference.field is 'The field; `outcome` for what became of the page.';
comment on column core.rereading_difference.captured_at is 'When the page came.';
comment on column core.rereading_difference.payload_digest is 'SHA-256 of the page.';
comment on column core.rereading_difference.before_id is 'The reading that stood.';
comment on column core.rereading_difference.before_value is
'The value that stood; null: none. The id of the text for the field text.';
comment on column core.rereading_difference.before_producer is 'Who stated it.';
comment on column core.rereading_difference.before_locator is 'Where on the page.';
comment on column core.rereading_difference.before_raw is 'The words of the page that it was made of.';
comment on column core.rereading_difference.after_id is 'The new reading.';
comment on column core.rereading_difference.after_value is
'The new value; null: none. The id of the text for the field text.';
comment on column core.rereading_difference.after_producer is 'Who stated it.';
comment on column core.rereading_difference.after_locator is 'Where on the page.';
comment on column core.rereading_difference.after_raw is 'The words of the page that it was made of.';
comment on column core.rereading_difference.load_id is 'The load that wrote this row.';

create table core.withdrawn_url (
    url_id bigint not null,
    article_id bigint not null,
    url varchar not null,
    is_form boolean,
    load_id bigint not null,
    withdrawn_load_id bigint not null
);
comment on table core.withdrawn_url is
'One row per URL of an article none of whose pages is read as one any more, by a promotion or rollback.';
comment on column core.withdrawn_url.url_id is 'The URL.';
comment on column core.withdrawn_url.article_id is 'The article, which keeps its id when it comes back.';
comment on column core.withdrawn_url.url is 'The URL in its normalised form.';
comment on column core.withdrawn_url.is_form is 'Whether it was known only as an AMP or mobile form.';
comment on column core.withdrawn_url.load_id is 'The load that had written the row of core.article_url.';
comment on column core.withdrawn_url.withdrawn_load_id is 'The load that withdrew the article.';
