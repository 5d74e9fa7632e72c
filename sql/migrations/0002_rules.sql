-- One table: the lines that recur over a source's articles, and what became of them.
create table core.rule (
    rule_id bigint not null,
    source varchar not null,
    line varchar not null,
    state varchar not null,
    first_day date not null,
    last_day date not null,
    articles bigint not null,
    share double not null,
    example_url varchar not null,
    activated_at timestamptz,
    load_id bigint not null
);
comment on table core.rule is 'One row per line (or block of lines) that recurs over the articles of a source.';
comment on column core.rule.rule_id is '63 bits of SHA-256 of source and line.';
comment on column core.rule.source is 'The source.';
comment on column core.rule.line is
'The line: lower case, single spaces, numbers as #; lines of a block are divided by line breaks.';
comment on column core.rule.state is
'candidate (known, texts keep it), active (taken out of texts), or vetoed (never to be taken out).';
comment on column core.rule.first_day is 'Day (UTC) of the first capture that showed it.';
comment on column core.rule.last_day is 'Day (UTC) of the last capture that showed it.';
comment on column core.rule.articles is 'How many articles showed it when it was last counted.';
comment on column core.rule.share is 'Their part of the articles read between those days.';
comment on column core.rule.example_url is 'URL of an article that showed it on the first day.';
comment on column core.rule.activated_at is 'When it became active; null: it never was.';
comment on column core.rule.load_id is 'The load that wrote this row last.';

comment on column ops.load.kind is 'plan, batch, adopt, robots or rules.';
