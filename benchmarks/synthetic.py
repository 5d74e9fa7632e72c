"""Articles that nobody wrote, by the million: rows of every table as years of runs would have left them.

Everything follows from an article's number, so the same size gives the same rows. Of a hundred articles ten were edited
once, two are gone and five have a second URL, four are copies of another with another lead; each was attempted three
times. A text has some 400 words of a vocabulary whose words are as unequally frequent as those of a language (Zipf), so
it packs about as well as prose. Every thousand articles speak a dialect of their own, with letters exchanged: else
each sentence would stand in ever more texts the more there are, as no paper's does.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

    from broadsheet.warehouse import Warehouse

WORDS = 30_000
SENTENCES = 40_000
SOURCES = 100
A_LOAD = 1000  # articles a load brought
A_DIALECT = 1_000  # articles
STEP = 200_000  # articles a statement makes: bounded memory
SYLLABLES = ("ba", "den", "ki", "lor", "mas", "ne", "pra", "qui", "ras", "sto", "tu", "ver", "wal", "xen", "yor", "zim")

SPINE = """
create or replace temp table spine as
select
    i,
    'paper-' || lpad((i * 7919 % $sources * (i * 104729 % $sources) // $sources)::varchar, 2, '0') as source,
    timestamptz '2023-11-01 00:00:00+00' + to_microseconds((i * (1095.0 * 86400e6 / $total))::bigint) as published_at,
    'https://' || source || '.test/' || strftime(published_at, '%Y/%m/%d') || '/story-' || i as url,
    core.stable_id(url) as url_id,
    if(i % 25 = 14, i - 1, i) as told_as,
    told_as // $a_dialect as dialect,
    list_transform(range(22), lambda j: (hash(if(j = 0, i, told_as) * 64 + j) % $sentences)::bigint) as places,
    i // $a_load + 1 as load_id,
    i % 10 = 3 as edited,
    i % 50 = 7 as gone,
    i % 20 = 11 as doubled
from range($first, $last) as numbers (i)
"""
TEXTS = """
create or replace temp table told as
with said as (
    select i, unnest(places) as place, generate_subscripts(places, 1) as number from spine
),
written as (
    select
        said.i,
        string_agg(sentence.text || if(number % 4 = 0, chr(10), ' '), '' order by number) as text
    from said inner join sentence on said.place = sentence.place
    group by said.i
),
spoken as (
    select
        dialect,
        list_sort(
            list_transform(
                str_split('aeioudklmnrst', ''), lambda letter: row(hash(dialect * 128 + ascii(letter)), letter)
            )
        ) as exchanged
    from (select distinct dialect from spine)
)
select
    i,
    translate(text, 'aeioudklmnrst', array_to_string(list_transform(exchanged, lambda pair: pair[2]), ''))
    || ' (' || i || ')' as text
from written inner join spine using (i) inner join spoken using (dialect)
"""
READINGS = """
create or replace temp table made as
with edition as (
    select spine.*, told.text, 0 as edition from spine inner join told using (i)
    union all
    select spine.*, told.text || ' It was changed since.' as text, 1 as edition from spine inner join told using (i)
    where edited
)
select
    *,
    core.stable_id(text) as text_id,
    sha256(text) as payload_digest,
    core.stable_id(payload_digest || url) as extraction_id,
    published_at + to_hours(1 + 20 * edition) as captured_at,
    published_at + to_hours(2 + 20 * edition) as loaded_at,
    'Story ' || i || ' of ' || source || ', told in nine words' as title,
    ['Author ' || (i * 31 % 5000)] as authors,
    ['person'] as author_kinds,
    ['city', 'politics', 'sport', 'culture'][i % 4 + 1] as section,
    ['tag-' || (i % 997), 'tag-' || (i % 89)] as tags,
    [{'url': url || '/a.jpg', 'caption': 'A picture', 'credit': 'dpa'}] as images,
    len(string_split(text, ' ')) as word_count
from edition
"""
FILLED = {
    "core.body": """
        select text_id, any_value(text) as text, min(load_id) as load_id
        from made group by text_id order by min(i)""",
    "core.extraction": """
        select extraction_id, url_id, payload_digest, '1' as version, 'article' as page_kind,
            'og:type' as kind_evidence, payload_digest as content_hash,
            url_id as canonical_id, url as canonical_url, title, authors, author_kinds,
            section, tags, 'en' as language, 'en' as declared_language, left(text, 120) as description, images,
            source as site_name, 'free' as access, text_id, 'trafilatura' as text_producer, word_count,
            [{'text': 'Share this', 'reason': 'furniture'}] as dropped, published_at,
            published_at::date as published_on, 'second' as published_precision,
            0 as published_offset_minutes, 'page' as published_zone_source, load_id
        from made order by published_at""",
    "core.capture": """
        select url_id, source, 'article' as state, payload_digest, extraction_id, '1' as version,
            payload_digest as content_hash, url_id as canonical_id, captured_at, loaded_at, load_id from made
        union all by name
        select url_id, source, 'gone' as state, '' as payload_digest, published_at + to_days(3) as captured_at,
            published_at + to_days(3) as loaded_at, load_id from spine where gone""",
    "core.article_url": """
        select url_id, url_id as article_id, url, load_id from spine
        union all by name
        select core.stable_id(url || '/amp') as url_id, url_id as article_id, url || '/amp' as url, load_id
        from spine where doubled""",
    "core.article_version": """
        with stated as (
            select url_id as article_id, if(edition = 0, 'first', 'minor') as change_kind, extraction_id,
                payload_digest as content_hash, title, word_count, captured_at as valid_from, loaded_at as known_from,
                load_id
            from made
            union all by name
            select url_id as article_id, 'gone' as change_kind, published_at + to_days(3) as valid_from,
                published_at + to_days(3) as known_from, load_id
            from spine where gone
        )
        select *, article_id as url_id, row_number() over one as number, lead(valid_from) over one as valid_to
        from stated window one as (partition by article_id order by valid_from)""",
    "core.article": """
        select url_id as article_id, url_id, source, url, title, authors, author_kinds, section, tags, 'en' as language,
            'en' as declared_language, left(text, 120) as description, images, source as site_name, 'free' as access,
            text, text_id, word_count, edition + 1 as versions, extraction_id, published_at,
            published_at::date as published_on, 'second' as published_precision, 0 as published_offset_minutes,
            'page' as published_zone_source, published_at + to_hours(1) as first_seen_at,
            captured_at as last_captured_at, if(gone, published_at + to_days(3), null) as gone_at, load_id
        from made where edition = edited::integer order by published_at""",
    "raw.url": """
        select url_id, url, source, 'https://' || source || '.test/feed.xml' as endpoint, 'Story ' || i as hint_title,
            if(gone, 'gone', 'article') as class, 0 as failures, '"' || i || '"' as etag,
            published_at + to_minutes(30) as first_seen_at, published_at + to_days(3) as last_answer_at, load_id
        from spine
        union all by name
        select core.stable_id(url || '/amp') as url_id, url || '/amp' as url, source, 'article' as class,
            0 as failures, published_at + to_minutes(30) as first_seen_at, published_at + to_hours(2) as last_answer_at,
            load_id
        from spine where doubled""",
    "ops.claim": """
        select core.stable_id(run_id || '|' || url) as claim_id, run_id, url_id, url, source,
            if(visit = 0, 'new', 'due') as why, published_at + to_hours(visit * 20) as claimed_at, load_id
        from visited""",
    "ops.attempt": """
        select core.stable_id(run_id || '|' || url) as claim_id, run_id, url_id, url, source, url_id as article_id,
            case when visit = 0 then 'new' when visit = 1 and edited then 'edited' when visit = 2 and gone then 'gone'
                else 'unchanged' end as outcome, if(visit = 2 and gone, 'not_found', null) as reason, '' as detail,
            1 as tries, 0.25 as seconds, published_at + to_hours(visit * 20) as captured_at,
            published_at + to_hours(visit * 20) as attempted_at, load_id
        from visited""",
    "raw.fetched": """
        select url_id, url as target, if(visit > 0 and not edited, 304, 200) as status, 'text/html' as content_type,
            '"' || i || '"' as etag, sha256(url || visit) as payload_digest, 20000 as body_bytes, '' as robots_line,
            'archive/' || strftime(published_at, '%Y/%m/%d') || '/' || source || '.warc.gz' as warc_file,
            (i % 5000) * 20000 + visit as warc_offset, 18000 as warc_length,
            published_at + to_hours(visit * 20) as captured_at, load_id
        from visited""",
    "evidence.evidence": """
        select extraction_id, (j + 1)::integer as number,
            ['title', 'authors', 'published_at', 'section', 'tags', 'language', 'description', 'images'][j % 8 + 1]
                as field, ['json-ld', 'opengraph', 'meta', 'dom'][j // 8 % 4 + 1] as producer,
            'meta[' || j || ']' as locator, left(title, 20) || j as value, left(title, 40) || j as raw,
            sha256(title || j) as raw_hash, j < 8 as chosen
        from made cross join range($evidence) as lines (j)""",
}
VISITED = """
create or replace temp table visited as
select spine.*, visit, 'run-' || lpad((i // $a_load + visit * 20)::varchar, 6, '0') as run_id
from spine cross join range(3) as visits (visit)
"""
ENDED = (
    """
    update core.article_version as version
    set earlier_id = pair.earlier_id
    from (
        select rowid as place, lag(extraction_id) over (partition by article_id order by number) as earlier_id
        from core.article_version
    ) as pair
    where version.rowid = pair.place and version.change_kind = 'minor'
    """,
    """
    insert into core.article_change by name
    select
        extraction_id, earlier_id, 'minor' as change_kind, false as title_changed,
        ['It was changed since, for reason ' || (hash(article_id) % 300) || '.'] as added, [] as removed, 4 as moved,
        word_count as words, load_id
    from core.article_version where earlier_id is not null
    """,
    """
    insert into ops.run by name
    select run_id, 'ingest' as kind, ['paper-00'] as sources, 'completed' as state, min(claimed_at) as started_at,
        max(claimed_at) as ended_at
    from ops.claim group by run_id
    """,
    """
    insert into ops.load by name
    select load_id, 'batch' as kind, 'batch-' || load_id as batch_key, min(run_id) as run_id, count(*) as attempts,
        count(*) filter (outcome in ('new', 'edited')) as changed_rows, max(attempted_at) as loaded_at
    from ops.attempt group by load_id
    """,
    """
    insert into raw.poll by name
    select run_id, source, 'https://' || source || '.test/feed.xml' as endpoint, 'feed' as kind, 200 as status,
        count(*) as found, count(*) as new, 0 as known, '' as detail, max(claimed_at) as polled_at,
        min(load_id) as load_id
    from ops.claim where why = 'new' group by run_id, source
    """,
)


def sentences(count: int = SENTENCES) -> list[str]:
    """Sentences of made-up words, the same ones at every call."""
    rng = random.Random(20261124)
    words = ["".join(rng.choices(SYLLABLES, k=rng.choice((1, 2, 2, 3, 4)))) for _ in range(WORDS)]
    weights = [1 / (rank + 3) for rank in range(WORDS)]
    drawn = iter(rng.choices(words, weights, k=count * 30))
    return [" ".join(next(drawn) for _ in range(rng.randint(8, 28))).capitalize() + "." for _ in range(count)]


def fill(warehouse: Warehouse, total: int, *, evidence: int = 12) -> None:
    """Fill an empty warehouse with `total` articles, and `evidence` lines for each of their readings."""
    connection = warehouse.session.connection
    connection.execute("create or replace temp table sentence (place bigint, text varchar)")
    connection.execute("insert into sentence select generate_subscripts($s, 1) - 1, unnest($s)", {"s": sentences()})
    for first in range(0, total, STEP):
        _make(connection, first, min(first + STEP, total), total, evidence)
    for statement in ENDED:
        connection.execute(statement)
    for table in ("spine", "told", "made", "visited", "sentence"):
        connection.execute(f"drop table {table}")


def _make(connection: duckdb.DuckDBPyConnection, first: int, last: int, total: int, evidence: int) -> None:
    size = {"first": first, "last": last, "total": total, "sources": SOURCES, "sentences": SENTENCES, "a_load": A_LOAD}
    size |= {"a_dialect": A_DIALECT}
    connection.execute(SPINE, size)
    connection.execute(TEXTS)
    connection.execute(READINGS)
    connection.execute(VISITED, {"a_load": A_LOAD})
    for table, rows in FILLED.items():
        values = {"evidence": evidence} if "$evidence" in rows else {}
        connection.execute(f"insert into {table} by name {rows}", values)
