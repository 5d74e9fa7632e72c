-- Evidence in a file of its own: bulky, seldom asked (docs/decisions/0003-evidence-in-its-own-file.md).

create schema ops;

create table ops.migration (
    version integer not null,
    name varchar not null,
    checksum varchar not null,
    applied_at timestamptz not null
);
comment on table ops.migration is 'One row per file of sql/migrations/evidence that was applied.';
comment on column ops.migration.version is 'Number of the file.';
comment on column ops.migration.name is 'Name of the file.';
comment on column ops.migration.checksum is 'SHA-256 of the text as it was applied; another text now means an altered schema.';
comment on column ops.migration.applied_at is 'When it was applied.';

create table evidence (
    extraction_id bigint not null,
    number integer not null,
    field varchar not null,
    producer varchar not null,
    locator varchar not null,
    value varchar not null,
    raw varchar not null using compression zstd,
    raw_hash varchar not null,
    chosen boolean not null
);
comment on table evidence is 'One row per candidate for a field of an extraction; the losers stay.';
comment on column evidence.extraction_id is 'The reading (core.extraction).';
comment on column evidence.number is 'Place among the candidates of the reading, from 1.';
comment on column evidence.field is 'The field, as its column is called.';
comment on column evidence.producer is 'Who stated it: json-ld, opengraph, meta, microdata, dom, site rule, feed, url, text.';
comment on column evidence.locator is 'Where on the page.';
comment on column evidence.value is 'What we made of it.';
comment on column evidence.raw is 'What stood there, cut.';
comment on column evidence.raw_hash is 'Hash of all that stood there.';
comment on column evidence.chosen is 'Whether the field took this value.';
