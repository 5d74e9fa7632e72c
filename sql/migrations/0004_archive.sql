-- Two columns: what the archive's policy took away.
alter table raw.fetched add column dropped_at timestamptz;
alter table raw.fetched add column dropped_why varchar;
comment on column raw.fetched.dropped_at is 'When the page was taken out of the archive; null: it is there.';
comment on column raw.fetched.dropped_why is
'Why it was: by the source''s `keep`, or forgotten; null while it is there.';
comment on column raw.fetched.warc_file is
'Archive file, relative to the data folder, or absolute for a file of the user''s; of a page kept before, its place.';

comment on column ops.load.kind is 'plan, batch, adopt, robots, rules or archive.';
