"""A small data folder with an archive, tables and a read copy, and a search of its files that owes nothing to ours."""

import gzip
import html
import sqlite3
from contextlib import closing
from datetime import timedelta

import duckdb
from warehousing import NOW, SOURCE, article, loaded, opened, poll, rejected, run, url

from broadsheet import archive
from broadsheet.codings import content_decoded
from broadsheet.config import Settings
from broadsheet.model import FetchedPage, Role
from broadsheet.warehouse import publish
from broadsheet.warehouse.clusters import gather

SECRET = (
    "The secretary of the rowing club was seen leaving the boathouse late on Tuesday night.\n"
    "Neighbours told this paper that the lamp in the upper window burned until four in the morning.\n"
    "It was the third such night in a month, and the treasurer has asked for the keys to be returned."
)
SENTENCES = SECRET.split("\n")
OTHER = (
    "The town's oldest chestnut tree is to be felled in the autumn, the parks department says.\n"
    "A fungus has hollowed out its trunk, and the last storm tore off a limb as thick as a barrel.\n"
    "Children of the nearby school have planted twelve of its seeds along the southern wall."
)


class Silent:
    """Progress that nobody watches."""

    def stage(self, name, total, unit):
        pass

    def advance(self, count=1):
        pass

    def say(self, line):
        pass


def settings(data):
    return Settings(data=data, now=NOW, lock_wait=0, sources=data / "none.toml")


def house(data, tmp_path):
    """A page to be forgotten under two addresses, another with a teaser of it, a feed that names it, a rejected one."""
    folder = data / "archive" / "2026" / "11" / "20"
    folder.mkdir(parents=True)
    teaser = f"<aside>{SENTENCES[0]}</aside>"
    pages = [
        page("secret", f"<p>{html.escape(SECRET)}</p>"),
        page("secret-print", f"<main>{html.escape(SECRET)}</main>"),
        page("tree", f"<p>{html.escape(OTHER)}</p>"),
        page("with-teaser", f"<p>{html.escape(OTHER[::-1])}</p>{teaser}"),
        page("feed.xml", f"<rss><item><link>{url('secret')}</link>{SENTENCES[0]}</item></rss>", Role.ENDPOINT),
        page("gallery", "<p>pictures</p>"),
    ]
    with archive.SegmentWriter(folder, "00000000-0000-4000-8000-000000000000-fetch-00", software="test") as writer:
        for each in pages:
            writer.write(each)
    path = folder / "00000000-0000-4000-8000-000000000000-fetch-00.warc.gz"
    places = {each.url: each.position for each in archive.read(path, file=str(path.relative_to(data)))}
    with opened(data) as warehouse:
        this = run("plan")
        warehouse.begin_run(this)
        warehouse.plan(this, [poll("secret", "tree", position=places[url("feed.xml")])], [SOURCE], [], NOW)
        warehouse.end_run("plan", "died", NOW)
        warehouse.adopt(["plan"], NOW)
        rows = [
            article("secret", title="Secret nights", text=SECRET),
            article("secret-print", title="Secret nights", text=SECRET, canonical="secret", page="print"),
            article("tree", title="Tree", text=OTHER),
            article("with-teaser", title="Teased", text=OTHER[::-1]),
            rejected("gallery", "gallery"),
        ]
        rows[3]["extraction"]["dropped"] = [{"text": SENTENCES[0], "reason": "box"}]
        rows[3]["extraction"]["evidence"][0]["raw"] = SENTENCES[1]
        for each in rows:
            place = places[each["url"]]
            each |= {"warc_file": place.file, "warc_offset": place.offset, "warc_length": place.length}
        loaded(warehouse, tmp_path, rows)
        gather(warehouse.session, now=NOW)
        warehouse.check(NOW)
        publish(data, warehouse)
    prefect_like(data)


def page(name, body, role=Role.PAGE):
    packed = gzip.compress(f"<html><body>{body}</body></html>".encode())
    headers = (("content-type", "text/html; charset=utf-8"), ("content-encoding", "gzip"))
    return FetchedPage(
        url(name), url(name), role, SOURCE.name, NOW - timedelta(seconds=len(name)), 200, headers, packed
    )


def prefect_like(data):
    """A database as Prefect's: a log line that quotes a page."""
    (data / "prefect").mkdir()
    with closing(sqlite3.connect(data / "prefect" / "prefect.db")) as database:
        database.execute("create table log (id char(36), message text, level integer)")
        database.execute("insert into log values ('1', ?, 40)", (f"Traceback: in {SENTENCES[2]!r}: boom",))
        database.execute("insert into log values ('2', 'fetch: 6 pages', 20)")
        database.commit()


def standing(data, wanted):
    """Which files say which of these sentences: bytes, gzip, bodies of WARC records, values of DuckDB tables."""
    found = set()
    for path in sorted(data.rglob("*")):
        if path.is_file():
            found |= {(str(path.relative_to(data)), each) for told in _said(path) for each in wanted if each in told}
    return found


def _said(path):
    body = path.read_bytes()
    yield body.decode("utf-8", "replace")
    if body[:2] == b"\x1f\x8b":
        yield gzip.decompress(body).decode("utf-8", "replace")
    if path.name.endswith(".warc.gz"):
        for each in archive.read(path):
            decoded = content_decoded(each.body, each.header("content-encoding"), limit=1 << 26)
            yield html.unescape(decoded.decode("utf-8", "replace"))
    if path.suffix == ".duckdb":
        with duckdb.connect(str(path), read_only=True) as database:
            for (table,) in database.execute(
                'select format(\'"{}"."{}"\', schema_name, table_name) from duckdb_tables()'
            ).fetchall():
                yield from (str(row) for row in database.execute(f"select * from {table}").fetchall())
