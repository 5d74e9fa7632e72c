"""Pages that people hold in other forms: which files are meant, which column is what, which URL a page has."""

import gzip
import json
import os
import random
from datetime import UTC, date, datetime

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.archive import packing
from broadsheet.errors import ArchiveError
from broadsheet.holdings import Columns, Form, holdings, listed, months, pages_of
from broadsheet.holdings.columns import moment
from broadsheet.holdings.pages import mirrored, named_in

PAGE = "<!doctype html><html><head><title>T</title></head><body><p>Grüße</p></body></html>"
URL = "https://www.example.org/news/42"
WHEN = datetime(2024, 5, 1, 8, tzinfo=UTC)


def pages(path, **columns):
    return [page for each in holdings([path]) for page in pages_of(each, Columns(**columns))]


def written(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_a_json_file_of_newspaper4k_with_its_html_is_a_page(tmp_path):
    told = {"url": URL, "title": "T", "text": "what it read", "authors": [], "html": PAGE}
    (page,) = pages(written(tmp_path / "a.json", json.dumps(told | {"download_date": "2024-05-01T10:00:00+02:00"})))
    assert (page.url, page.body.decode(), page.captured_at, page.status) == (URL, PAGE, WHEN, 200)
    assert page.header("content-type") == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([{"url": URL, "html": PAGE}] * 2),
        json.dumps({"articles": [{"url": URL, "html": PAGE}] * 2}),
        "\n".join([json.dumps({"url": URL, "html": PAGE}, indent=2)] * 2),
    ],
    ids=["a list", "an object with a list", "objects one after the other"],
)
def test_a_json_file_may_hold_many_rows(tmp_path, text):
    assert [page.url for page in pages(written(tmp_path / "many.json", text))] == [URL, URL]


def test_a_long_json_list_is_read_bit_by_bit(tmp_path):
    row = {"url": URL, "html": PAGE + "<!-- " + "x" * 100_000 + " -->"}
    assert len(pages(written(tmp_path / "long.json", json.dumps([row] * 30)))) == 30


def test_rows_of_json_lines_that_are_none_are_counted_and_the_rest_read(tmp_path):
    lines = [
        json.dumps({"link": URL, "raw_html": PAGE}),
        '{"broken',
        json.dumps({"url": URL}),
        json.dumps({"html": PAGE}),
    ]
    path = written(tmp_path / "rows.jsonl.gz", gzip.compress("\n".join(lines).encode()))
    page, *rest = pages(path)
    assert (page.url, rest) == (URL, ["bad_row", "no_html", "no_url"])


@pytest.mark.parametrize("divider", [",", ";", "\t"])
def test_csv_with_long_fields_and_line_ends_in_them_is_read(tmp_path, divider):
    html = PAGE.replace("</p>", "\n" + "y" * 200_000 + "</p>")
    name = "rows.tsv" if divider == "\t" else "rows.csv"
    text = divider.join(["Source URL", "Page HTML", "crawled_at"]) + "\r\n"
    text += divider.join([URL, '"' + html.replace('"', '""') + '"', "1714550400"]) + "\r\n"
    (page,) = pages(written(tmp_path / name, text))
    assert (page.url, page.body.decode(), page.captured_at) == (URL, html, WHEN)


def test_parquet_is_read_with_its_times(tmp_path):
    path = tmp_path / "rows.parquet"
    duckdb.connect().execute(
        f"copy (select '{URL}' as url, '{PAGE}' as html, timestamptz '{WHEN}' as fetch_time) to '{path}'"
    )
    (page,) = pages(path)
    assert (page.url, page.body.decode(), page.captured_at) == (URL, PAGE, WHEN)


def test_columns_may_be_named_and_then_no_other_is_looked_at(tmp_path):
    row = {
        "url": "https://elsewhere.test/",
        "weblink": URL,
        "html": "<p>not this</p>",
        "stuff": PAGE,
        "seen": "20240501080000",
    }
    path = written(tmp_path / "odd.jsonl", json.dumps(row))
    (page,) = pages(path, url="weblink", html="stuff", time="seen")
    assert (page.url, page.body.decode(), page.captured_at) == (URL, PAGE, WHEN)


def test_news_please_lays_the_page_beside_its_json(tmp_path):
    written(tmp_path / "42.html", PAGE)
    written(
        tmp_path / "42.html.json", json.dumps({"url": URL, "maintext": "…", "date_download": "2024-05-01 08:00:00"})
    )
    (page,) = pages(tmp_path)
    assert (page.url, page.body.decode(), page.captured_at) == (URL, PAGE, WHEN)


def test_a_row_names_no_file_outside_of_its_folder(tmp_path):
    written(tmp_path / "secret.html", PAGE)
    path = written(tmp_path / "rows" / "rows.jsonl", json.dumps({"url": URL, "localpath": "../secret.html"}))
    assert pages(path) == ["no_html"]


def test_without_a_time_of_capture_it_is_the_file_s(tmp_path):
    path = written(tmp_path / "a.json", json.dumps({"url": URL, "html": PAGE}))
    os.utime(path, (WHEN.timestamp(), WHEN.timestamp()))
    assert pages(path)[0].captured_at == WHEN


@pytest.mark.parametrize(
    "html, url",
    [
        (
            '<link rel="canonical" href="https://a.test/1"><meta property="og:url" content="https://a.test/2">',
            "https://a.test/1",
        ),
        ('<meta property="og:url" content="https://a.test/2">', "https://a.test/2"),
        ("<!-- saved from url=(0016)https://a.test/3 --><html>", "https://a.test/3"),
        ("<!-- Mirrored from a.test/4.html by HTTrack Website Copier -->", "http://a.test/4.html"),
        ('<link rel="canonical" href="/relative">', ""),
        ("", ""),
    ],
)
def test_a_page_names_its_own_url(html, url):
    assert named_in(html.encode()) == url


@pytest.mark.parametrize(
    "path, url",
    [
        ("www.example.org/news/42/index.html", "https://www.example.org/news/42/"),
        ("www.example.org/index.html", "https://www.example.org/"),
        ("deep/er/example.com/a b.html", "https://example.com/a%20b.html"),
        ("notes/a.html", ""),
    ],
)
def test_a_mirror_s_path_tells_the_url(tmp_path, path, url):
    assert mirrored(tmp_path / "mirror" / path, tmp_path / "mirror") == url


def test_the_folder_that_was_named_may_be_the_host_s(tmp_path):
    folder = tmp_path / "www.example.org"
    assert mirrored(folder / "news" / "42.html", folder) == "https://www.example.org/news/42.html"


def test_a_folder_gives_what_is_of_a_known_kind_and_a_file_alone_is_told_by_its_content(tmp_path):
    written(tmp_path / "a" / "x.txt", "no page")
    written(tmp_path / "a" / "y.html", PAGE)
    assert [each.path.name for each in holdings([tmp_path / "a", tmp_path / "a" / "y.html"])] == ["y.html"]
    assert [each.form for each in holdings([written(tmp_path / "crawl", b"WARC/1.0\r\n\r\n")])] == [Form.WARC]
    assert [each.path.name for each in holdings([str(tmp_path / "a" / "*.html")])] == ["y.html"]


@pytest.mark.parametrize(
    "name, told",
    [("gone.warc", "no such file"), ("x.txt", "not a WARC file, nor of another"), ("empty", "no file of a known")],
)
def test_what_cannot_be_read_is_told_in_a_line(tmp_path, name, told):
    written(tmp_path / "x.txt", "no page")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ArchiveError, match=told):
        holdings([tmp_path / name])


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.none(), st.binary()))
def test_any_value_is_a_time_in_utc_or_none(value):
    found = moment(value)
    assert found is None or found.tzinfo is UTC


@pytest.mark.parametrize(
    "value",
    [
        "2024-05-01T10:00:00+02:00",
        "2024-05-01 08:00",
        "20240501080000",
        "1714550400",
        1714550400,
        1714550400000,
        "Wed, 01 May 2024 08:00:00 GMT",
    ],
)
def test_times_are_read_as_tables_write_them(value):
    assert moment(value) == WHEN


def test_a_listing_gives_the_files_begun_on_the_days_asked_for():
    lines = [f"crawl-data/CC-NEWS/2026/01/CC-NEWS-202601{day}235959-0000{n}.warc.gz" for n, day in enumerate((30, 31))]
    lines += ["crawl-data/CC-NEWS/2026/02/CC-NEWS-20260201000000-00003.warc.gz 1234 sha256:ab", "", "# a remark"]
    found = listed(lines, date(2026, 1, 31), date(2026, 2, 1))
    assert [each.day for each in found] == [date(2026, 1, 31), date(2026, 2, 1)]
    assert [(each.size, each.digest) for each in found] == [(None, ""), (1234, "sha256:ab")]


def test_the_listings_are_those_of_all_months_between_two_days():
    assert [path[19:26] for path in months(date(2025, 11, 30), date(2026, 1, 1))] == ["2025/11", "2025/12", "2026/01"]


ROW = json.dumps({"url": URL, "html": PAGE})


def test_tables_may_be_packed_with_zstd_too(tmp_path):
    zstd = packing._module()
    (page,) = pages(written(tmp_path / "a.jsonl.zst", zstd.compress(f"{ROW}\n".encode())))
    assert page.url == URL
    with pytest.raises(ArchiveError, match="cannot be read"):
        pages(written(tmp_path / "cut.jsonl.zst", zstd.compress(random.Random(1).randbytes(9000))[:-4000]))


@pytest.mark.parametrize(
    "name, data",
    [("a.csv", f"url,html\n{URL},{PAGE}\n"), ("a.jsonl", f"{ROW}\n{ROW}\n"), ("a.json", ROW)],
)
def test_a_column_that_no_row_has_is_told_with_those_there_are(tmp_path, name, data):
    with pytest.raises(ArchiveError, match=r"no column 'htm'; it has url, html"):
        pages(written(tmp_path / name, data), html="htm")


def test_rows_of_json_may_lack_a_column_that_others_have(tmp_path):
    rows = [json.dumps({"url": URL}), json.dumps({"url": URL, "page_html": PAGE})]
    assert len(pages(written(tmp_path / "a.jsonl", "\n".join(rows)), html="page_html", time="never")) == 2


def test_a_time_column_that_a_table_lacks_is_told_before_any_page_is_dated_wrongly(tmp_path):
    (holding,) = holdings([written(tmp_path / "a.csv", f"url,html\n{URL},{PAGE}\n")])
    with pytest.raises(ArchiveError, match="no column 'seen'"):
        next(pages_of(holding, Columns(time="seen")))
