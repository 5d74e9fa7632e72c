-- One table: every endpoint that named a URL, not only the first.

create table raw.reference (
    url_id bigint not null,
    source varchar not null,
    endpoint varchar not null,
    first_named_at timestamptz not null,
    load_id bigint not null
);
comment on table raw.reference is 'One row per URL and endpoint that named it: feeds, sitemaps, section pages, lists.';
comment on column raw.reference.url_id is 'The URL.';
comment on column raw.reference.source is 'The source of the endpoint.';
comment on column raw.reference.endpoint is 'URL of the endpoint.';
comment on column raw.reference.first_named_at is 'When it named the URL first.';
comment on column raw.reference.load_id is 'The load that wrote this row.';

insert into raw.reference
select
    url_id,
    source,
    endpoint,
    first_seen_at as first_named_at,
    load_id
from raw.url
where endpoint is not null;
