-- One table: how long hosts asked to be left alone.
create table raw.pause (
    host varchar not null,
    reason varchar not null,
    detail varchar not null,
    run_id varchar not null,
    until timestamptz not null,
    noted_at timestamptz not null,
    load_id bigint not null
);
comment on table raw.pause is 'One row per pause that a host asked for (Retry-After), longer than a run waits.';
comment on column raw.pause.host is 'The host, without www.';
comment on column raw.pause.reason is 'What it answered: rate_limited, server_error, ...';
comment on column raw.pause.detail is 'More on the reason, for people.';
comment on column raw.pause.run_id is 'The run that it asked.';
comment on column raw.pause.until is 'When it may be asked again: as it wished, at most a day later.';
comment on column raw.pause.noted_at is 'When the run wrote it down.';
comment on column raw.pause.load_id is 'The load that wrote this row.';
