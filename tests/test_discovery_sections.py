"""Section pages: articles told from navigation, in any charset."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.discovery.sections import path_score, read_section, text_score

BASE = "https://paper.test/harbour/"

PAGE = """<!doctype html><title>Harbour</title>
<header><a href="/">The Harbour Herald</a>
<nav><a href="/sport/">Sport</a><a href="/harbour/ferries/">Ferries and timetables today</a></nav></header>
<main>
  <article><a href="/2026/11/24/ferry-leaves-at-nine"><h2>Ferry leaves at nine from tomorrow on</h2><p>A summary</p></a>
  </article>
  <h3><a href="quay-wall-to-be-mended-1234567.html">Quay wall to be mended before the winter</a></h3>
  <div class="teaser"><a href="/a/88812"><img src="x.jpg"></a><a href="/a/88812">Pilots ask for a second boat</a></div>
  <a href="/author/ada-moor/">Ada Moor writes about the sea every week</a>
  <a href="/tag/fishing-quota-2026/">All about the fishing quota of this year</a>
  <a href="/harbour/page/2">Older articles of this section</a>
</main>
<div class="social-share"><a href="/share/2026/11/24/ferry">Tell a friend about this page</a></div>
<footer><a href="/privacy/">How we handle what we know about you</a><a href="/terms-of-use">Terms and conditions</a>
<a href="mailto:desk@paper.test">Write to the desk about this</a><a href="#top">Back to the top of this page</a>
<a>no href</a></footer>
"""


def named(page, content_type=None, base=BASE):
    body = page if isinstance(page, bytes) else page.encode()
    return {entry.url: entry.hints.title for entry in read_section(body, base, content_type).entries}


def test_a_section_page_names_its_articles_with_their_headlines_in_order():
    found = named(PAGE)
    assert found == {
        "https://paper.test/2026/11/24/ferry-leaves-at-nine": "Ferry leaves at nine from tomorrow on",
        "https://paper.test/harbour/quay-wall-to-be-mended-1234567.html": "Quay wall to be mended before the winter",
        "https://paper.test/a/88812": "Pilots ask for a second boat",
    }
    assert next(iter(found)).endswith("nine")


CYRILLIC = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251">
<title>Порт</title></head>
<body><table><tr><td><a href="/">Главная</a> <a href="/sport/">Спорт</a> <a href="/kontakty.html">Контакты</a></td>
<td><a href="/news/4711.html">Паром отправляется в девять часов утра</a><br>
<a href="/news/4712.html">Причал отремонтируют до зимы</a></td></tr>
</table></body></html>"""


@pytest.mark.parametrize("content_type", [None, "text/html", "text/html; charset=windows-1251"])
def test_a_bare_page_in_a_legacy_charset_is_read(content_type):
    assert named(CYRILLIC.encode("cp1251"), content_type) == {
        "https://paper.test/news/4711.html": "Паром отправляется в девять часов утра",
        "https://paper.test/news/4712.html": "Причал отремонтируют до зимы",
    }


def test_a_japanese_page_is_read():
    page = (
        '<meta charset="shift_jis"><li><a href="/articles/20261124/k00/00m/040/001000c">'
        '港の渡し船、あす朝九時に出発</a><a href="/sports/">スポーツ</a>'
    )
    assert list(named(page.encode("cp932")).values()) == ["港の渡し船、あす朝九時に出発"]


def test_the_base_of_a_page_counts():
    link = '<h2><a href="ferry-leaves-at-nine-tomorrow">Ferry leaves at nine tomorrow</a></h2>'
    page = f'<base href="https://cdn.paper.test/x/">{link}'
    assert list(named(page)) == ["https://cdn.paper.test/x/ferry-leaves-at-nine-tomorrow"]


@pytest.mark.parametrize(
    "page", ["", "   ", "\x00", "words only", "<p>no links", '<a href="/sport/">Sport</a>', b"\xff\xfe"]
)
def test_a_page_without_articles_says_so(page):
    body = page if isinstance(page, bytes) else page.encode()
    reading = read_section(body, BASE, None)
    assert reading.entries == ()
    assert reading.problem


ARTICLES = [
    "https://paper.test/2026/11/24/ferry-leaves-at-nine/",
    "https://paper.test/2026-11-24-ferry",
    "https://paper.test/news/ferry-leaves-at-nine-from-tomorrow",
    "https://paper.test/harbour/ferry-leaves-at-nine-1234567.html",
    "https://paper.test/articles/clymn8zyrp9o",
    "https://paper.test/a/88812",
    "https://paper.test/news/4711.html",
    "https://paper.test/story.php?id=12345",
    "https://paper.test/?p=12345",
    "https://paper.test/doc/7298576",
    "https://paper.test/news/archives/2026/11/24/2003825372",
    "https://paper.test/wirtschaft/faehre-legt-um-neun-ab-a-68cce85a-8be8-4707-bd6e-0706090cbbbe",
    "https://paper.test/%E6%B8%AF/articles/20261124/k00/00m/040/001000c",
]
NAVIGATION = [
    "https://paper.test/",
    "https://paper.test/sport/",
    "https://paper.test/sport/football",
    "https://paper.test/tag/fishing-quota-of-2026/",
    "https://paper.test/author/ada-moor",
    "https://paper.test/category/news/",
    "https://paper.test/search?q=ferry",
    "https://paper.test/login",
    "https://paper.test/contact",
    "https://paper.test/harbour/page/2",
    "https://paper.test/privacy-policy",
    "https://paper.test/topics/weather",
    "https://paper.test/index.html",
]


def test_every_article_path_scores_above_every_navigation_path():
    assert min(map(path_score, ARTICLES)) > max(map(path_score, NAVIGATION))


@pytest.mark.parametrize(
    "text, points",
    [("", 0), ("Sport", -1), ("Letters to editors", 1), ("Ferry leaves at nine from tomorrow", 2),
     ("スポーツ", -1), ("港の渡し船、あす朝九時に出発", 2)],
)  # fmt: skip
def test_a_headline_is_longer_than_a_word_of_navigation(text, points):
    assert text_score(text) == points


@settings(deadline=None, max_examples=60)
@given(st.one_of(st.binary(max_size=300), st.text(alphabet="<>/ahref=\"'&#;: nvp\n", max_size=200).map(str.encode)))
def test_no_bytes_make_it_raise(body):
    read_section(body, BASE, None)
    read_section(b"<a href='" + body, BASE, "text/html; charset=nonsense")
