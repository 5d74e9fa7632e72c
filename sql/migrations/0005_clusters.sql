-- Clusters: which articles are one text in several places, and what that rests on.
-- (docs/decisions/0020-clusters.md)

alter table core.article add column cluster_id bigint;
comment on column core.article.cluster_id is
'Copies of one text share it: the id of the article that founded the cluster, else its own. Null: not settled yet.';

create table core.mark (
    text_id bigint not null,
    mark uinteger not null,
    load_id bigint not null
);
comment on table core.mark is 'One row per text and mark of it; texts that may be alike share some (MinHash).';
comment on column core.mark.text_id is 'The text, in core.body.';
comment on column core.mark.mark is 'One of the 32 smallest hashes of the text''s shingles, cut to 32 bits.';
comment on column core.mark.load_id is 'The load that wrote this row.';

create table core.likeness (
    text_id bigint not null,
    other_id bigint not null,
    shared integer not null,
    shorter integer not null,
    longer integer not null,
    load_id bigint not null
);
comment on table core.likeness is 'One row per pair of texts that are near-duplicates, by all of their shingles.';
comment on column core.likeness.text_id is 'The one text, in core.body; of the two ids the lower.';
comment on column core.likeness.other_id is 'The other text.';
comment on column core.likeness.shared is 'How many shingles (three words in a row) they have in common.';
comment on column core.likeness.shorter is 'How many shingles the shorter text has.';
comment on column core.likeness.longer is 'How many shingles the longer text has.';
comment on column core.likeness.load_id is 'The load that wrote this row.';

create table core.cluster_member (
    cluster_id bigint not null,
    article_id bigint not null,
    text_id bigint not null,
    credit varchar,
    load_id bigint not null
);
comment on table core.cluster_member is
'One row per article that shares its cluster, or is in one that another article founded.';
comment on column core.cluster_member.cluster_id is 'The cluster.';
comment on column core.cluster_member.article_id is 'The article.';
comment on column core.cluster_member.text_id is 'The text of the article that its place rests on.';
comment on column core.cluster_member.credit is
'The agency or paper that the article names as the origin of its text; null: none.';
comment on column core.cluster_member.load_id is 'The load that wrote this row.';

create table core.cluster_change (
    kind varchar not null,
    former_id bigint not null,
    cluster_id bigint not null,
    changed_at timestamptz not null,
    load_id bigint not null
);
comment on table core.cluster_change is
'One row per cluster whose articles got another cluster''s id: the only way in which ids change.';
comment on column core.cluster_change.kind is
'merged (the older id stays, the other is an alias) or parted (a text was edited, or forgotten).';
comment on column core.cluster_change.former_id is 'The id before.';
comment on column core.cluster_change.cluster_id is 'The id after.';
comment on column core.cluster_change.changed_at is 'When it was found.';
comment on column core.cluster_change.load_id is 'The load that wrote this row.';

create table core.cluster_alias (
    alias_id bigint not null,
    cluster_id bigint not null,
    load_id bigint not null
);
comment on table core.cluster_alias is 'One row per cluster id that was merged away, and the id to use instead.';
comment on column core.cluster_alias.alias_id is 'The id that is no longer used.';
comment on column core.cluster_alias.cluster_id is 'The cluster that it is now.';
comment on column core.cluster_alias.load_id is 'The load that wrote this row.';

create table core.article_alias (
    alias_id bigint not null,
    article_id bigint not null,
    load_id bigint not null
);
comment on table core.article_alias is
'One row per article id that turned out to be another article''s, which was known before.';
comment on column core.article_alias.alias_id is 'The id that is no longer used.';
comment on column core.article_alias.article_id is 'The article that it is now.';
comment on column core.article_alias.load_id is 'The load that wrote this row.';

comment on column ops.load.kind is 'plan, batch, adopt, robots, rules or cluster.';
