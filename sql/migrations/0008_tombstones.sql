-- One table: what was forgotten, by marks that hold none of it.

create table ops.tombstone (
    kind varchar not null,
    url_id bigint,
    source varchar,
    host varchar,
    why varchar not null,
    forgotten_at timestamptz not null,
    proved_at timestamptz,
    load_id bigint not null
);
comment on table ops.tombstone is
'One row per URL, source or host that was forgotten (`broadsheet forget`): it is not fetched and not loaded again.';
comment on column ops.tombstone.kind is 'article or source: what was forgotten.';
comment on column ops.tombstone.url_id is '63 bits of SHA-256 of a URL of it; the URL itself is kept nowhere.';
comment on column ops.tombstone.source is 'The source that was forgotten; null for an article.';
comment on column ops.tombstone.host is 'A host that had pages of that source alone; null elsewhere.';
comment on column ops.tombstone.why is 'Why, as whoever had it forgotten said.';
comment on column ops.tombstone.forgotten_at is 'When it was asked for.';
comment on column ops.tombstone.proved_at is 'When a search of every file found nothing of it; null: not done yet.';
comment on column ops.tombstone.load_id is 'The load that wrote this row.';

create macro core.host(url) as (lower(regexp_extract(url, '^[a-zA-Z]+://(?:[^/?#@]*@)?([^/?#:]+)', 1)));

comment on column ops.load.kind is 'plan, batch, adopt, robots, rules, archive, cluster or forget.';
