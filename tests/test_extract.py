"""The door to reading: never raises, gives the same answer twice, and takes bodies from where they are."""

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.model import Page, PageKind, SiteRules
from extractors import extract, extract_html

URL = "https://www.harbourgazette.test/2026/03/09/pier"
TITLE = "Old pier reopens after nine winters"
PARAGRAPHS = tuple(
    f"In winter number {count}, the harbour board counted {count * 7} broken planks and said that the pier "
    f"would stay closed until the {count * 3} new piles were driven into the bed of the bay."
    for count in range(1, 10)
)


def paper(body, head="", title=TITLE):
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title} - The Harbour Gazette</title>{head}"
        "</head><body><nav><ul><li><a href=/>Home</a></li><li><a href=/sport>Sport</a></li></ul></nav>"
        f"<main>{body}</main><footer><p>© 2026 The Harbour Gazette</p></footer></body></html>"
    ).encode()


def article(*, paragraphs=PARAGRAPHS):
    return f"<h1>{TITLE}</h1>" + "".join(f"<p>{text}</p>" for text in paragraphs)


PIECES = st.sampled_from([
    b"<p>", b"</p>", b"<div>", b"<table><tr><td colspan=999>", b"<script>", b"<script type=application/ld+json>{",
    b"<!--", b"<![CDATA[", b"&#0;", b"\x00", b"\xff\xfe", b"<svg>", b"<br>" * 20, b"<a href=x>", b"<h1>", b"</html>",
    b'"articleBody":"', b"\\u003cp\\u003e", b"A sentence of the article, ending here. " * 4, b"<li>", b"\xe6\x97\xa5",
])  # fmt: skip


@given(st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=30).map(b"".join)))
@settings(max_examples=150, deadline=None)
def test_no_bytes_make_it_raise(body):
    assert extract_html(body, URL).url == URL


@given(st.text(max_size=50), st.one_of(st.none(), st.text(max_size=30)))
@settings(max_examples=60, deadline=None)
def test_no_address_and_no_content_type_make_it_raise(url, content_type):
    assert extract_html(paper(article()), url, content_type).url == url


def test_the_same_page_gives_the_same_extraction_in_any_order():
    pages = [paper(article(paragraphs=PARAGRAPHS[start:])) for start in range(4)]
    forward = [extract_html(page, URL) for page in pages]
    assert [extract_html(page, URL) for page in reversed(pages)] == forward[::-1]


def test_another_process_gives_the_same_extraction():
    page = paper(article())
    program = (
        f"import sys; from extractors import extract_html; print(ascii(extract_html(sys.stdin.buffer.read(), {URL!r})))"
    )
    told = subprocess.run([sys.executable, "-c", program], input=page, capture_output=True, check=True)
    assert told.stdout.decode().strip() == ascii(extract_html(page, URL))


def test_the_text_is_the_articles_paragraphs_a_line_each():
    read = extract_html(paper(article()), URL)
    assert read.text.split("\n") == list(PARAGRAPHS)
    assert (read.title, read.page_kind, read.text_producer) == (TITLE, PageKind.ARTICLE, "trafilatura")


def test_headings_lists_quotes_and_tables_keep_their_order():
    items = (
        "Piles of oak, driven in by hand",
        "Planks of larch, cut in the valley",
        "Nails of bronze, cast on the quay",
    )
    middle = (
        "<h2>What was built in the ninth winter</h2><p>These are the parts that the board paid for last year:</p>"
        f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
        "<blockquote><p>We would rather build it once than mend it for ever, said the board.</p></blockquote>"
        "<table><tr><th>Year</th><th>Planks</th></tr><tr><td>2025</td><td>412</td></tr></table>"
    )
    paragraphs = [f"<p>{text}</p>" for text in PARAGRAPHS]
    lines = extract_html(
        paper("".join([f"<h1>{TITLE}</h1>", *paragraphs[:4], middle, *paragraphs[4:]])), URL
    ).text.split("\n")
    inner = lines[4:-5]
    assert inner[0] == "What was built in the ninth winter"
    assert inner[2:5] == [f"- {item}" for item in items]
    assert inner[5].startswith("We would rather build it once")
    assert [line for line in inner if "|" in line] == ["Year | Planks", "2025 | 412"]


SCRIPTS = {
    "ja": "港の古い桟橋が九年ぶりに開いた。市は昨年、海底に新しい杭を打ち込み、板をすべて取り替えたと説明している。",
    "ar": "أعيد افتتاح رصيف الميناء القديم بعد تسعة شتاءات، وقالت الهيئة إن الألواح كلها استبدلت في العام الماضي.",
    "hi": "बंदरगाह का पुराना घाट नौ सर्दियों के बाद फिर खुला। बोर्ड ने कहा कि पिछले साल सभी तख्ते बदल दिए गए थे।",
    "th": "ท่าเรือเก่าของอ่าวเปิดอีกครั้งหลังจากเก้าฤดูหนาว คณะกรรมการกล่าวว่าแผ่นไม้ทั้งหมดถูกเปลี่ยนเมื่อปีที่แล้ว",
}


@pytest.mark.parametrize("language", SCRIPTS)
def test_every_script_keeps_its_paragraphs(language):
    paragraphs = [SCRIPTS[language] * 2 + f" {count}" for count in range(7)]
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    page = paper(f"<h1>{SCRIPTS[language][:30]}</h1>{body}", title=SCRIPTS[language][:30])
    assert extract_html(page, URL).text.split("\n") == paragraphs


def test_a_body_that_only_its_structured_data_carry_is_used_and_named():
    data = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(PARAGRAPHS)}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    read = extract_html(paper(f"<h1>{TITLE}</h1><p>{PARAGRAPHS[0][:60]}</p>", head), URL)
    assert read.text.split("\n") == list(PARAGRAPHS)
    assert read.text_producer == "json-ld articleBody"


def test_a_body_that_only_a_script_carries_as_escaped_html_is_used_and_named():
    html = "".join(f'<p class="t">{text}</p>' for text in PARAGRAPHS)
    carried = json.dumps({"page": {"contentHtml": html}}).replace("<", "\\u003c").replace(">", "\\u003e")
    read = extract_html(paper(f"<div id=app></div><script>window.__DATA__ = {carried};</script>"), URL)
    assert read.text.split("\n") == list(PARAGRAPHS)
    assert read.text_producer == "html in a script"


def test_structured_data_do_not_replace_a_text_that_the_page_shows():
    data = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "Skip to content. " + " ".join(PARAGRAPHS) * 3}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    assert extract_html(paper(article(), head), URL).text_producer == "trafilatura"


def test_the_version_names_the_rules_of_the_site():
    page = Page(paper(article()), URL)
    plain, ruled = (extract(page, rules).version for rules in (SiteRules(), SiteRules(time_zone="Europe/Vienna")))
    assert plain.split("+")[0] == ruled.split("+")[0]
    assert plain != ruled
