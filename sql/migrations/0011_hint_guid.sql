-- One column more: the id that a feed gave its entry.
alter table raw.url add column hint_guid varchar;
comment on column raw.url.hint_guid is 'What that endpoint gave as its id (RSS guid, Atom id, JSON Feed id).';
