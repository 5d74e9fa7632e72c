-- One table: how each endpoint stands and when it is asked next. One column: a URL's last edit. New URLs are due.
create table raw.endpoint (
    source varchar not null,
    endpoint varchar not null,
    kind varchar not null,
    named_by varchar,
    etag varchar,
    last_modified varchar,
    reason varchar,
    failures integer not null,
    news double not null,
    watched double not null,
    read_at timestamptz,
    news_at timestamptz,
    polled_at timestamptz not null,
    next_due_at timestamptz not null,
    load_id bigint not null
);
comment on table raw.endpoint is 'One row per endpoint that was ever asked, as its last poll left it.';
comment on column raw.endpoint.source is 'The source of the endpoint.';
comment on column raw.endpoint.endpoint is 'URL of the endpoint.';
comment on column raw.endpoint.kind is 'feed, sitemap, section or list.';
comment on column raw.endpoint.named_by is 'The sitemap index that named it; null: it is configured.';
comment on column raw.endpoint.etag is 'Validator of the last poll that could be read, sent with the next.';
comment on column raw.endpoint.last_modified is 'Validator of the last poll that could be read, sent with the next.';
comment on column raw.endpoint.reason is 'Why its last poll could not be read; null: it could.';
comment on column raw.endpoint.failures is 'Polls in a row that could not be read.';
comment on column raw.endpoint.news is 'New URLs it named since its first poll, the older the less they count.';
comment on column raw.endpoint.watched is 'Seconds in which it did so, the older the less they count.';
comment on column raw.endpoint.read_at is 'Its last poll that could be read; null: none yet.';
comment on column raw.endpoint.news_at is 'Its last poll that named a URL for the first time; null: none did.';
comment on column raw.endpoint.polled_at is 'When it was asked last.';
comment on column raw.endpoint.next_due_at is 'When it is to be asked again.';
comment on column raw.endpoint.load_id is 'The load that wrote this row last.';

insert into raw.endpoint
select
    source,
    endpoint,
    arg_max(kind, polled_at) as kind,
    null as named_by,
    arg_max_null(etag, polled_at) filter (status in (200, 304) and reason is null) as etag,
    arg_max_null(last_modified, polled_at) filter (status in (200, 304) and reason is null) as last_modified,
    arg_max_null(reason, polled_at) as reason,
    0 as failures,
    0 as news,
    0 as watched,
    max(polled_at) filter (reason is null) as read_at,
    max(polled_at) filter (new > 0) as news_at,
    max(polled_at) as polled_at,
    max(polled_at) as next_due_at,
    arg_max(load_id, polled_at) as load_id
from raw.poll
group by source, endpoint;

alter table raw.url add column edited_at timestamptz;
update raw.url set next_due_at = first_seen_at
where class is null and last_answer_at is null and next_due_at is null;
comment on column raw.url.edited_at is 'When an edit of the publisher''s was seen last; null: none was.';
comment on column raw.url.next_due_at is 'When it is to be asked again, or for the first time; null: never.';
comment on column raw.url.hint_modified_at is 'What an endpoint gave last as its time of change.';
