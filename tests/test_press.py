"""The sample press: its pages, its ledger, its server."""

import asyncio
import gzip
import json
import re
import signal
import socket
import subprocess
import sys
import tomllib
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import aiohttp
import pytest

import press
from press.__main__ import main
from press.desks import DESKS
from press.pages import pages
from press.server import serve

ARTICLES = [(e, entry) for e in press.NOW for entry in press.ledger(e) if entry.outcome == "article"]
TRACKING = re.compile(r"\?utm_source=rss&utm_medium=feed$")
LINK = re.compile(r"""(?:href=["']|<link>|<loc>|^)([^"'<\s]+)""", re.MULTILINE)
EVERY_ARTICLE = pytest.mark.parametrize("edition, entry", ARTICLES, ids=lambda v: getattr(v, "url", str(v)))


def get(edition, url):
    parts = urlsplit(url)
    return press.answer(edition, parts.hostname, f"{parts.path}?{parts.query}" if parts.query else parts.path)


def decoded(entry, edition):
    desk = next(desk for desk in DESKS if desk.name == entry.source)
    return get(edition, entry.url).body.decode(desk.paper.encoding)


def sources():
    return {source["name"]: source for source in tomllib.loads(press.SOURCES_TOML)["source"]}


def test_an_edition_prints_sixty_articles_or_more_in_three_papers():
    count = Counter(entry.source for entry in press.ledger(1) if entry.outcome == "article")
    assert len(count) == 3
    assert min(count.values()) >= 20
    assert sum(count.values()) >= 60


def test_the_second_edition_edits_removes_and_adds():
    changes = Counter(entry.change for entry in press.ledger(2) if entry.change)
    assert changes["removed"] == 1
    assert changes["new"] >= 3
    assert {"typo", "rewrite", "headline", "correction"} <= changes.keys()
    assert {entry.change for entry in press.ledger(1)} <= {"", "unchanged"}


def test_an_edit_changes_title_or_text_and_nothing_else_does():
    before = {entry.url: entry for entry in press.ledger(1)}
    for entry in press.ledger(2):
        old = before.get(entry.url)
        if old and entry.outcome == "article":
            same = (old.title, old.text) == (entry.title, entry.text)
            assert same == (entry.change == "unchanged"), entry.url


def test_only_the_redesigned_paper_changes_the_bytes_of_unchanged_articles():
    for entry in press.ledger(2):
        if entry.outcome == "article" and entry.change == "unchanged":
            same = get(1, entry.url) == get(2, entry.url)
            assert same == (entry.source != "harbour-gazette"), entry.url


@EVERY_ARTICLE
def test_every_block_title_and_author_of_the_ledger_is_printed_on_its_page(edition, entry):
    html = decoded(entry, edition)
    shown = press.lines(html)
    wanted = [part for b in entry.blocks for part in (b.text.split(" | ") if b.kind == "row" else [b.text])]
    found = iter(shown)
    assert all(line in found for line in wanted), "in order"
    assert " ".join(entry.title.split()) in shown
    assert all(name in html for name in entry.authors)
    assert all(get(edition, url).body.startswith(b"\x89PNG") and caption in html for url, caption, _ in entry.images)


@EVERY_ARTICLE
def test_an_article_is_news_with_an_offset_and_between_four_and_fourteen_paragraphs(edition, entry):
    assert entry.published_at <= press.NOW[edition]
    assert entry.published_at.utcoffset() is not None
    assert (entry.modified_at or entry.published_at) <= press.NOW[edition]
    assert 4 <= sum(block.kind == "p" for block in entry.blocks) <= 14
    assert entry.authors
    assert len(entry.authors) == len(entry.author_kinds)


def test_no_line_of_furniture_is_a_block_of_any_article():
    for _, entry in ARTICLES:
        assert not entry.furniture & {block.text for block in entry.blocks}, entry.url


@pytest.mark.parametrize(
    "source, line",
    [
        ("harbour-gazette", "Also in The Harbour Gazette"),
        ("harbour-gazette", "The Harbour Gazette on social networks"),
        ("alpenkurier", "Der Alpenkurier in den sozialen Medien"),
        ("shiosai-shimbun", "潮騒新聞の公式ＳＮＳ"),
        ("shiosai-shimbun", "メニューを飛ばして本文を読む"),
    ],
)
def test_the_furniture_inside_the_main_column_is_known(source, line):
    assert line in press.furniture(source)


@pytest.mark.parametrize("edition", press.NOW)
def test_the_endpoints_name_every_url_of_the_ledger_and_no_other(edition):
    for name, source in sources().items():
        named = {url for endpoint in source["endpoints"] for url in announced(edition, endpoint["url"])}
        wanted = [re.compile(pattern) for pattern in source.get("include", [])]
        named = {url for url in named if not wanted or any(pattern.search(url) for pattern in wanted)}
        expected = {e.url for e in press.ledger(edition) if e.source == name and e.change != "removed"}
        assert named == expected


def announced(edition, endpoint):
    answer = get(edition, endpoint)
    text = answer.body.decode("shift_jis" if answer.header("Content-Type") == "text/html" else "utf-8")
    if "<sitemapindex" in text:
        return {url for child in re.findall("<loc>(.*?)</loc>", text) for url in announced(edition, child)}
    if "<html" in text:
        links = re.findall(r'href="([^"]+)"', text)
    elif "<feed" in text:
        links = re.findall(r'rel="alternate"[^>]*href="([^"]+)"', text)
    elif "<rss" in text:
        links = re.findall(r"<item>.*?<link>(.*?)</link>", text)
    else:
        links = re.findall(r"<loc>(.*?)</loc>", text) or text.split()
    return {TRACKING.sub("", urljoin(endpoint, link.replace("&amp;", "&"))) for link in links}


@pytest.mark.parametrize("edition", press.NOW)
def test_the_ledgers_outcomes_agree_with_what_is_answered(edition):
    for entry in press.ledger(edition):
        status = get(edition, entry.url).status
        assert status == {"gone": 410, "not_found": 404}.get(entry.kind, 200), entry.url
        assert (entry.outcome == "gone") == (status in {404, 410})
    urls = [entry.url for entry in press.ledger(edition)]
    assert len(urls) == len(set(urls))


def test_a_double_names_its_article_as_canonical():
    doubles = [entry for entry in press.ledger(1) if entry.outcome == "duplicate"]
    assert {entry.kind for entry in doubles} == {"amp", "print", "tracking"}
    for entry in doubles:
        assert f'<link rel="canonical" href="{entry.duplicate_of}">' in decoded(entry, 1)


def test_the_third_paper_is_shift_jis_that_only_its_meta_declares():
    for (host, path), answer in pages(1).items():
        if host == "shiosai-shimbun.test" and answer.header("Content-Type") == "text/html":
            assert answer.body.decode("cp932") == answer.body.decode("shift_jis"), path
            assert b"charset=Shift_JIS" in answer.body
            assert b"ld+json" not in answer.body


def test_no_address_contains_a_port():
    every = b"".join(answer.body for edition in press.NOW for answer in pages(edition).values())
    assert not re.search(rb"\.test:\d", every)


def test_an_agency_story_comes_back_under_another_lead():
    copy = next(entry for entry in press.ledger(2) if entry.wire_of)
    original = next(entry for entry in press.ledger(2) if entry.url == copy.wire_of)
    assert len({b.text for b in copy.blocks} & {b.text for b in original.blocks}) >= 3
    assert copy.title != original.title


def test_an_unknown_edition_is_a_key_error():
    with pytest.raises(KeyError):
        press.ledger(3)
    with pytest.raises(KeyError):
        pages(3)


async def ask(running, url, *, headers=None, method="GET"):
    parts = urlsplit(url)
    connector = aiohttp.TCPConnector(force_close=True)
    async with aiohttp.ClientSession(auto_decompress=False, connector=connector) as session:
        target = f"http://127.0.0.1:{running.port}{parts.path}" + (f"?{parts.query}" if parts.query else "")
        sent = {"Host": parts.netloc, "Accept-Encoding": "identity", **(headers or {})}
        async with session.request(method, target, headers=sent) as answer:
            return answer.status, answer.headers, await answer.read()


HOME = "http://www.harbourgazette.test/"
UNCHANGED = "http://alpenkurier.test/sport/eishockey-torhueterin-a042215.html"


def served(use, **options):
    async def run():
        async with serve(**options) as running:
            return await use(running)

    return asyncio.run(run())


def test_the_server_answers_by_host_with_the_editions_date():
    async def use(running):
        for host in press.HOSTS:
            status, headers, body = await ask(running, f"http://{host}/")
            assert status == 200
            assert headers["Date"] == "Sat, 14 Mar 2026 12:00:00 GMT"
            assert body == press.answer(1, host, "/").body
        assert (await ask(running, "http://unknown.test/"))[0] == 404
        assert (await ask(running, HOME + "nowhere"))[0] == 404
        assert (await ask(running, HOME, method="POST"))[0] == 405

    served(use)


def test_validators_bring_304_until_the_edition_changes_the_page():
    async def use(running):
        _, first, _ = await ask(running, UNCHANGED)
        by_tag = {"If-None-Match": first["ETag"]}
        by_time = {"If-Modified-Since": first["Last-Modified"]}
        assert "charset" in first["Content-Type"]
        for headers in (by_tag, by_time):
            assert (await ask(running, UNCHANGED, headers=headers))[::2] == (304, b"")
        assert (await ask(running, UNCHANGED, headers={"If-None-Match": '"other"', **by_time}))[0] == 200
        _, home, _ = await ask(running, HOME)
        running.edition = 2
        assert (await ask(running, UNCHANGED, headers=by_tag))[0] == 304
        assert (await ask(running, HOME, headers={"If-None-Match": home["ETag"]}))[0] == 200

    served(use)


def test_a_page_whose_bytes_change_has_a_later_last_modified():
    for place, answer in pages(1).items():
        later = pages(2).get(place)
        if answer.changed_at and later and later.status == 200 and later.body != answer.body:
            assert later.changed_at > answer.changed_at, place
        if answer.changed_at:
            assert answer.changed_at <= press.NOW[1]


def test_a_gzipped_answer_is_the_same_page():
    async def use(running):
        _, headers, body = await ask(running, HOME, headers={"Accept-Encoding": "gzip"})
        assert headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(body) == press.answer(1, press.HOSTS[0], "/").body

    served(use)


def test_every_request_is_logged_at_once(tmp_path):
    log = tmp_path / "press.jsonl"

    async def use(running):
        await ask(running, UNCHANGED + "?utm_source=rss", headers={"User-Agent": "tester", "If-None-Match": '"x"'})
        line = json.loads(log.read_text(encoding="utf-8"))
        assert line["host"] == "alpenkurier.test"
        assert line["path"] == "/sport/eishockey-torhueterin-a042215.html?utm_source=rss"
        assert (line["status"], line["conditional"], line["user_agent"]) == (200, True, "tester")
        assert datetime.fromisoformat(line["time"]) - datetime.now(UTC) < timedelta(minutes=1)
        assert running.asked[0].path == line["path"]

    served(use, log=log)


def test_a_port_in_use_is_one_line_and_exit_code_1(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["--port", str(port)]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert str(port) in said


@pytest.mark.heavy
def test_the_command_serves_until_sigterm_and_writes_the_same_bytes_in_every_process(tmp_path):
    port_file = tmp_path / "port"
    command = [sys.executable, "-m", "press", "--port-file", str(port_file), "--edition", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]) as process:
        told = process.stdout.readline()
        port = int(port_file.read_text(encoding="utf-8"))
        assert told.startswith("BROADSHEET_RESOLVE=www.harbourgazette.test=127.0.0.1:")
        running = type("Running", (), {"port": port})
        assert asyncio.run(ask(running, HOME))[2] == press.answer(2, press.HOSTS[0], "/").body
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
