-- One table for each thing the pipeline did (ops), the network said (raw) and we made of it (core).
-- No primary keys and no indexes: the load keeps rows unique and sql/checks/unique_keys.sql proves it.

-- ops: What the pipeline did: migrations, runs, claims, attempts, loads, check results.
-- raw: What the network said: polls of endpoints, robots.txt, URLs and their state, fetches.
-- core: What we made of it: captures, extractions, articles, their URLs and versions.
-- mart: What an analyst opens first: views over the other schemas.
create schema ops;
create schema raw;
create schema core;
create schema mart;

create macro core.stable_id(words) as ((('0x' || left(sha256(words), 16))::ubigint >> 1)::bigint);

-- ── ops ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

create table ops.migration (
    version integer not null,
    name varchar not null,
    checksum varchar not null,
    applied_at timestamptz not null
);
comment on table ops.migration is 'One row per file of sql/migrations that was applied, and one (version 0) for the marts.';
comment on column ops.migration.version is 'Number of the file; 0 stands for all of sql/marts together.';
comment on column ops.migration.name is 'Name of the file.';
comment on column ops.migration.checksum is 'SHA-256 of the text as it was applied; another text now means an altered schema.';
comment on column ops.migration.applied_at is 'When it was applied.';

create table ops.load (
    load_id bigint not null,
    kind varchar not null,
    batch_key varchar,
    run_id varchar,
    attempts bigint not null,
    changed_rows bigint not null,
    loaded_at timestamptz not null
);
comment on table ops.load is 'One row per transaction that wrote rows; every row of raw, core and ops.attempt names its load.';
comment on column ops.load.load_id is 'Number of the load, counting up from 1.';
comment on column ops.load.kind is 'plan, batch, adopt or robots.';
comment on column ops.load.batch_key is 'Key of the batch (kind batch): the same whenever the same records are handed over.';
comment on column ops.load.run_id is 'The run that loaded it.';
comment on column ops.load.attempts is 'How many attempts it wrote.';
comment on column ops.load.changed_rows is 'How many rows of core it inserted, changed or removed.';
comment on column ops.load.loaded_at is 'When it was loaded.';

create table ops.run (
    run_id varchar not null,
    kind varchar not null,
    sources varchar[] not null,
    state varchar not null,
    started_at timestamptz not null,
    ended_at timestamptz
);
comment on table ops.run is 'One row per run of the pipeline.';
comment on column ops.run.run_id is 'Name of the run.';
comment on column ops.run.kind is 'ingest (over sources) or warc (over WARC files).';
comment on column ops.run.sources is 'The sources it was started for.';
comment on column ops.run.state is 'running, completed, failed, or died (found and closed by a later run).';
comment on column ops.run.started_at is 'When it started.';
comment on column ops.run.ended_at is 'When it ended; null while it runs.';

create table ops.claim (
    claim_id bigint not null,
    run_id varchar not null,
    url_id bigint not null,
    url varchar not null,
    source varchar not null,
    why varchar not null,
    claimed_at timestamptz not null,
    load_id bigint not null
);
comment on table ops.claim is 'One row per URL (or WARC record) that a run took upon itself to attempt.';
comment on column ops.claim.claim_id is '63 bits of SHA-256 of run and URL; of run, URL, file and offset for a WARC record.';
comment on column ops.claim.run_id is 'The run.';
comment on column ops.claim.url_id is 'The URL.';
comment on column ops.claim.url is 'The URL in its normalised form.';
comment on column ops.claim.source is 'The source it belongs to.';
comment on column ops.claim.why is 'new, due (again) or leftover (of a run that died).';
comment on column ops.claim.claimed_at is 'When it was claimed.';
comment on column ops.claim.load_id is 'The load that wrote this row.';

create table ops.attempt (
    claim_id bigint not null,
    run_id varchar not null,
    url_id bigint not null,
    url varchar not null,
    source varchar not null,
    article_id bigint,
    outcome varchar not null,
    reason varchar,
    detail varchar not null,
    tries integer not null,
    seconds double not null,
    captured_at timestamptz,
    attempted_at timestamptz not null,
    load_id bigint not null
);
comment on table ops.attempt is 'The ledger: one row per attempt, exactly one for each claim of a run that has ended.';
comment on column ops.attempt.claim_id is 'The claim that this attempt settles.';
comment on column ops.attempt.run_id is 'The run.';
comment on column ops.attempt.url_id is 'The URL.';
comment on column ops.attempt.url is 'The URL in its normalised form.';
comment on column ops.attempt.source is 'The source it belongs to.';
comment on column ops.attempt.article_id is 'The article it is of; null where none is known.';
comment on column ops.attempt.outcome is 'new, edited, unchanged, duplicate, gone, rejected or deferred.';
comment on column ops.attempt.reason is 'Why it brought no article (docs/reference/reasons.md); null where it did.';
comment on column ops.attempt.detail is 'More on the reason, for people.';
comment on column ops.attempt.tries is 'How many requests it took.';
comment on column ops.attempt.seconds is 'How long the requests took, in seconds.';
comment on column ops.attempt.captured_at is 'When the answer came; null where none did.';
comment on column ops.attempt.attempted_at is 'When the attempt was settled.';
comment on column ops.attempt.load_id is 'The load that wrote this row.';

create table ops.check_result (
    name varchar not null,
    severity varchar not null,
    run_id varchar,
    offending bigint not null,
    sample varchar not null,
    checked_at timestamptz not null
);
comment on table ops.check_result is 'One row per check of sql/checks and time it was made.';
comment on column ops.check_result.name is 'Name of the check.';
comment on column ops.check_result.severity is 'error withholds the read copy; warning is reported.';
comment on column ops.check_result.run_id is 'The run that asked; null outside of runs.';
comment on column ops.check_result.offending is 'How many rows break it.';
comment on column ops.check_result.sample is 'The first of them as JSON.';
comment on column ops.check_result.checked_at is 'When it was made.';

-- ── raw ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

create table raw.poll (
    run_id varchar not null,
    source varchar not null,
    endpoint varchar not null,
    kind varchar not null,
    status integer,
    etag varchar,
    last_modified varchar,
    found bigint not null,
    new bigint not null,
    known bigint not null,
    reason varchar,
    detail varchar not null,
    warc_file varchar,
    warc_offset bigint,
    warc_length bigint,
    polled_at timestamptz not null,
    load_id bigint not null
);
comment on table raw.poll is 'One row per question put to an endpoint (feed, sitemap, section page, list).';
comment on column raw.poll.run_id is 'The run that asked.';
comment on column raw.poll.source is 'The source of the endpoint.';
comment on column raw.poll.endpoint is 'URL of the endpoint.';
comment on column raw.poll.kind is 'feed, sitemap, section or list.';
comment on column raw.poll.status is 'HTTP status; null where no answer came.';
comment on column raw.poll.etag is 'Validator of the answer, sent with the next question.';
comment on column raw.poll.last_modified is 'Validator of the answer, sent with the next question.';
comment on column raw.poll.found is 'How many URLs it named.';
comment on column raw.poll.new is 'How many of them no poll had named before.';
comment on column raw.poll.known is 'How many of them were known; found = new + known.';
comment on column raw.poll.reason is 'Why it could not be read; null where it could.';
comment on column raw.poll.detail is 'More on the reason, for people.';
comment on column raw.poll.warc_file is 'Archive file of the answer, relative to the data folder.';
comment on column raw.poll.warc_offset is 'Offset of the record in the file, in bytes.';
comment on column raw.poll.warc_length is 'Length of the record in the file, in bytes.';
comment on column raw.poll.polled_at is 'When it was asked.';
comment on column raw.poll.load_id is 'The load that wrote this row.';

create table raw.robots (
    origin varchar not null,
    status integer,
    body blob not null,
    fetched_at timestamptz not null,
    load_id bigint not null
);
comment on table raw.robots is 'One row per robots.txt that was asked for.';
comment on column raw.robots.origin is 'scheme://host[:port].';
comment on column raw.robots.status is 'HTTP status; null where it could not be reached.';
comment on column raw.robots.body is 'The answer as received, out of its content coding.';
comment on column raw.robots.fetched_at is 'When it was asked for.';
comment on column raw.robots.load_id is 'The load that wrote this row.';

create table raw.url (
    url_id bigint not null,
    url varchar not null,
    source varchar not null,
    endpoint varchar,
    hint_title varchar,
    hint_published_at timestamptz,
    hint_modified_at timestamptz,
    hint_authors varchar[],
    hint_language varchar,
    class varchar,
    reason varchar,
    waiting varchar,
    failures integer not null,
    etag varchar,
    last_modified varchar,
    first_seen_at timestamptz not null,
    last_answer_at timestamptz,
    next_due_at timestamptz,
    load_id bigint not null
);
comment on table raw.url is 'One row per URL that was ever named or read, and how it stands.';
comment on column raw.url.url_id is '63 bits of SHA-256 of the URL.';
comment on column raw.url.url is 'The URL in its normalised form.';
comment on column raw.url.source is 'The source that named it first.';
comment on column raw.url.endpoint is 'The endpoint that named it first; null where it came from a WARC file.';
comment on column raw.url.hint_title is 'What that endpoint gave as its title.';
comment on column raw.url.hint_published_at is 'What that endpoint gave as its time of publication.';
comment on column raw.url.hint_modified_at is 'What that endpoint gave as its time of change.';
comment on column raw.url.hint_authors is 'What that endpoint gave as its authors.';
comment on column raw.url.hint_language is 'What that endpoint gave as its language.';
comment on column raw.url.class is 'What the last answer made of it: article, gone or rejected; null before the first answer.';
comment on column raw.url.reason is 'Why the last answer brought no article.';
comment on column raw.url.waiting is 'Why it was put off since (run_died, over_budget, ...); null once it was answered.';
comment on column raw.url.failures is 'Passing failures in a row.';
comment on column raw.url.etag is 'Validator of the last capture, sent with the next request.';
comment on column raw.url.last_modified is 'Validator of the last capture, sent with the next request.';
comment on column raw.url.first_seen_at is 'When it was first named or captured.';
comment on column raw.url.last_answer_at is 'Time of the answer that its state rests on.';
comment on column raw.url.next_due_at is 'When it is to be asked again; null: never, or not asked yet.';
comment on column raw.url.load_id is 'The load that wrote this row last.';

create table raw.fetched (
    url_id bigint not null,
    target varchar not null,
    status integer,
    content_type varchar,
    etag varchar,
    last_modified varchar,
    payload_digest varchar,
    body_bytes bigint not null,
    robots_line varchar not null,
    warc_file varchar not null,
    warc_offset bigint not null,
    warc_length bigint not null,
    captured_at timestamptz not null,
    load_id bigint not null
);
comment on table raw.fetched is 'One row per kept answer to a request for a page, and where it is kept.';
comment on column raw.fetched.url_id is 'The URL that was asked for.';
comment on column raw.fetched.target is 'The URL that answered, after redirects.';
comment on column raw.fetched.status is 'HTTP status; null where no answer came.';
comment on column raw.fetched.content_type is 'Content-Type as sent.';
comment on column raw.fetched.etag is 'ETag as sent.';
comment on column raw.fetched.last_modified is 'Last-Modified as sent.';
comment on column raw.fetched.payload_digest is 'SHA-256 of the body out of its content coding.';
comment on column raw.fetched.body_bytes is 'Length of the body as received, in bytes.';
comment on column raw.fetched.robots_line is 'The robots.txt line that allowed or refused it; empty: no rule matched.';
comment on column raw.fetched.warc_file is 'Archive file, relative to the data folder, or absolute for a file of the user''s.';
comment on column raw.fetched.warc_offset is 'Offset of the record in the file, in bytes.';
comment on column raw.fetched.warc_length is 'Length of the record in the file, in bytes.';
comment on column raw.fetched.captured_at is 'When the answer came.';
comment on column raw.fetched.load_id is 'The load that wrote this row.';

-- ── core ────────────────────────────────────────────────────────────────────────────────────────────────────────────

create table core.body (
    text_id bigint not null,
    text varchar not null using compression zstd,
    load_id bigint not null
);
comment on table core.body is 'One row per text that was ever read; pages re-read or captured again share it.';
comment on column core.body.text_id is '63 bits of SHA-256 of the text.';
comment on column core.body.text is 'The text, paragraphs divided by line breaks.';
comment on column core.body.load_id is 'The load that wrote this row.';

create table core.extraction (
    extraction_id bigint not null,
    url_id bigint not null,
    payload_digest varchar not null,
    version varchar not null,
    page_kind varchar not null,
    kind_evidence varchar not null,
    content_hash varchar,
    canonical_id bigint not null,
    canonical_url varchar,
    title varchar not null,
    authors varchar[] not null,
    author_kinds varchar[] not null,
    section varchar,
    tags varchar[] not null,
    language varchar,
    declared_language varchar,
    description varchar,
    images struct(url varchar, caption varchar, credit varchar)[] not null,
    site_name varchar,
    next_page varchar,
    access varchar not null,
    text_id bigint not null,
    text_producer varchar not null,
    word_count integer not null,
    dropped struct(text varchar, reason varchar)[] not null,
    published_at timestamptz,
    published_on date,
    published_precision varchar,
    published_offset_minutes integer,
    published_zone_source varchar,
    modified_at timestamptz,
    modified_on date,
    load_id bigint not null
);
comment on table core.extraction is 'One row per page and version of the extractor: what the page says by those rules.';
comment on column core.extraction.extraction_id is '63 bits of SHA-256 of payload digest, URL and version.';
comment on column core.extraction.url_id is 'The URL the page was asked for by.';
comment on column core.extraction.payload_digest is 'SHA-256 of the page.';
comment on column core.extraction.version is 'Version of the code and hash of the site''s rules.';
comment on column core.extraction.page_kind is 'article, live_blog, gallery, video, listing, soft_404, a wall, ...';
comment on column core.extraction.kind_evidence is 'What the kind rests on.';
comment on column core.extraction.content_hash is 'Hash of headline and text; null where it was rejected.';
comment on column core.extraction.canonical_id is '63 bits of SHA-256 of the canonical URL, or of the URL where the page names none.';
comment on column core.extraction.canonical_url is 'The canonical URL that the page names.';
comment on column core.extraction.title is 'Headline.';
comment on column core.extraction.authors is 'Authors as printed, in order.';
comment on column core.extraction.author_kinds is 'person or organisation, beside each author.';
comment on column core.extraction.section is 'Section of the paper.';
comment on column core.extraction.tags is 'Tags and keywords.';
comment on column core.extraction.language is 'Language of the text (ISO 639-1).';
comment on column core.extraction.declared_language is 'Language that the page claims.';
comment on column core.extraction.description is 'Summary that the page gives.';
comment on column core.extraction.images is 'Pictures of the article.';
comment on column core.extraction.site_name is 'Name of the paper as the page gives it.';
comment on column core.extraction.next_page is 'URL of the next page of the same article.';
comment on column core.extraction.access is 'free, metered or paid.';
comment on column core.extraction.text_id is 'The text, in core.body.';
comment on column core.extraction.text_producer is 'Who found the text.';
comment on column core.extraction.word_count is 'Words of the text.';
comment on column core.extraction.dropped is 'Lines taken out of the text as furniture, and why.';
comment on column core.extraction.published_at is 'Time of publication (UTC); null where only the day is known.';
comment on column core.extraction.published_on is 'Date of publication in the publisher''s calendar.';
comment on column core.extraction.published_precision is 'day, minute or second.';
comment on column core.extraction.published_offset_minutes is 'The publisher''s offset from UTC in minutes; null if unknown.';
comment on column core.extraction.published_zone_source is 'Where the zone came from: page, site, source, unknown.';
comment on column core.extraction.modified_at is 'Time of the last change as the page gives it (UTC).';
comment on column core.extraction.modified_on is 'Date of the last change in the publisher''s calendar.';
comment on column core.extraction.load_id is 'The load that wrote this row.';

create table core.capture (
    url_id bigint not null,
    source varchar not null,
    state varchar not null,
    payload_digest varchar not null,
    extraction_id bigint,
    version varchar,
    content_hash varchar,
    canonical_id bigint,
    captured_at timestamptz not null,
    loaded_at timestamptz not null,
    load_id bigint not null
);
comment on table core.capture is 'One row per URL, time and page that showed an article, or its absence. Append-only.';
comment on column core.capture.url_id is 'The URL.';
comment on column core.capture.source is 'The source it belongs to.';
comment on column core.capture.state is 'article or gone.';
comment on column core.capture.payload_digest is 'SHA-256 of the page; empty where it is gone.';
comment on column core.capture.extraction_id is 'What was read off the page; null where it is gone.';
comment on column core.capture.version is 'Version of the extractor that read it.';
comment on column core.capture.content_hash is 'Hash of headline and text by that version.';
comment on column core.capture.canonical_id is 'Canonical URL by that version.';
comment on column core.capture.captured_at is 'When the page was so: the axis of "as of".';
comment on column core.capture.loaded_at is 'When we knew: the axis of "what we knew then".';
comment on column core.capture.load_id is 'The load that wrote this row.';

create table core.article_url (
    url_id bigint not null,
    article_id bigint not null,
    url varchar not null,
    load_id bigint not null
);
comment on table core.article_url is 'One row per URL of an article: as read, and as its pages name it canonically.';
comment on column core.article_url.url_id is 'The URL.';
comment on column core.article_url.article_id is 'The article.';
comment on column core.article_url.url is 'The URL in its normalised form.';
comment on column core.article_url.load_id is 'The load that wrote this row.';

create table core.article_version (
    article_id bigint not null,
    number integer not null,
    change_kind varchar not null,
    url_id bigint not null,
    extraction_id bigint,
    content_hash varchar,
    title varchar,
    word_count integer,
    valid_from timestamptz not null,
    valid_to timestamptz,
    known_from timestamptz not null,
    load_id bigint not null
);
comment on table core.article_version is 'One row per version of an article, derived from its captures.';
comment on column core.article_version.article_id is 'The article.';
comment on column core.article_version.number is 'Place in the order of versions, from 1.';
comment on column core.article_version.change_kind is 'first, substantive, minor, or gone (an end).';
comment on column core.article_version.url_id is 'The URL it was seen at.';
comment on column core.article_version.extraction_id is 'What was read off the capture that showed it first; null where it is gone.';
comment on column core.article_version.content_hash is 'Hash of headline and text; null where it is gone.';
comment on column core.article_version.title is 'Headline; null where it is gone.';
comment on column core.article_version.word_count is 'Words of the text; null where it is gone.';
comment on column core.article_version.valid_from is 'When the capture that showed it first was made.';
comment on column core.article_version.valid_to is 'When the next version was first seen; null: it stands.';
comment on column core.article_version.known_from is 'When we loaded the capture that showed it first.';
comment on column core.article_version.load_id is 'The load that wrote this row.';

create table core.article (
    article_id bigint not null,
    url_id bigint not null,
    source varchar not null,
    url varchar not null,
    title varchar not null,
    authors varchar[] not null,
    author_kinds varchar[] not null,
    section varchar,
    tags varchar[] not null,
    language varchar,
    declared_language varchar,
    description varchar,
    images struct(url varchar, caption varchar, credit varchar)[] not null,
    site_name varchar,
    access varchar not null,
    text varchar not null using compression zstd,
    text_id bigint not null,
    word_count integer not null,
    versions integer not null,
    extraction_id bigint not null,
    published_at timestamptz,
    published_on date,
    published_precision varchar,
    published_offset_minutes integer,
    published_zone_source varchar,
    modified_at timestamptz,
    modified_on date,
    first_seen_at timestamptz not null,
    last_captured_at timestamptz not null,
    gone_at timestamptz,
    load_id bigint not null
);
comment on table core.article is 'One row per article, as it was last read.';
comment on column core.article.article_id is 'Given once, from the canonical URL at first load, and kept.';
comment on column core.article.url_id is 'The URL that its versions follow: the canonical one if it was read, else the first read.';
comment on column core.article.source is 'The source that had it first.';
comment on column core.article.url is 'The URL that its versions follow.';
comment on column core.article.title is 'Headline.';
comment on column core.article.authors is 'Authors as printed, in order.';
comment on column core.article.author_kinds is 'person or organisation, beside each author.';
comment on column core.article.section is 'Section of the paper.';
comment on column core.article.tags is 'Tags and keywords.';
comment on column core.article.language is 'Language of the text (ISO 639-1).';
comment on column core.article.declared_language is 'Language that the page claims.';
comment on column core.article.description is 'Summary that the page gives.';
comment on column core.article.images is 'Pictures of the article.';
comment on column core.article.site_name is 'Name of the paper as the page gives it.';
comment on column core.article.access is 'free, metered or paid.';
comment on column core.article.text is 'The text, paragraphs divided by line breaks.';
comment on column core.article.text_id is 'The same text in core.body.';
comment on column core.article.word_count is 'Words of the text.';
comment on column core.article.versions is 'How many versions with a text it has.';
comment on column core.article.extraction_id is 'The reading that these fields are of.';
comment on column core.article.published_at is 'Time of publication (UTC); null where only the day is known.';
comment on column core.article.published_on is 'Date of publication in the publisher''s calendar.';
comment on column core.article.published_precision is 'day, minute or second.';
comment on column core.article.published_offset_minutes is 'The publisher''s offset from UTC in minutes; null if unknown.';
comment on column core.article.published_zone_source is 'Where the zone came from: page, site, source, unknown.';
comment on column core.article.modified_at is 'Time of the last change as the page gives it (UTC).';
comment on column core.article.modified_on is 'Date of the last change in the publisher''s calendar.';
comment on column core.article.first_seen_at is 'Time of its first capture.';
comment on column core.article.last_captured_at is 'Time of its last capture.';
comment on column core.article.gone_at is 'When it was found gone; null: it was there when last asked for.';
comment on column core.article.load_id is 'The load that wrote this row.';
