"""AMP, print and mobile forms of an article, told by how their addresses are spelled."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet import urls
from broadsheet.variants import article_urls, folded, origin_of

ARTICLE = "https://www.paper.test/2026/11/ferry"

VARIANTS = [
    # Hosts
    "https://m.paper.test/2026/11/ferry",
    "https://mobile.paper.test/2026/11/ferry",
    "https://amp.paper.test/2026/11/ferry",
    "https://touch.paper.test/2026/11/ferry",
    "https://www.m.paper.test/2026/11/ferry",
    # The path
    "https://www.paper.test/2026/11/ferry/amp",
    "https://www.paper.test/2026/11/ferry/amp/",
    "https://www.paper.test/amp/2026/11/ferry",
    "https://www.paper.test/2026/11/ferry.amp",
    "https://www.paper.test/2026/11/ferry/print",
    "https://www.paper.test/2026/11/ferry/print/",
    "https://www.paper.test/print/2026/11/ferry",
    "https://www.paper.test/mobile/2026/11/ferry",
    "https://www.paper.test/m/2026/11/ferry",
    # The query
    "https://www.paper.test/2026/11/ferry?amp",
    "https://www.paper.test/2026/11/ferry?amp=",
    "https://www.paper.test/2026/11/ferry?amp=1",
    "https://www.paper.test/2026/11/ferry?outputType=amp",
    "https://www.paper.test/2026/11/ferry?output=amp",
    "https://www.paper.test/2026/11/ferry?print=1",
    "https://www.paper.test/2026/11/ferry?print=true",
    "https://www.paper.test/2026/11/ferry?print",
    "https://www.paper.test/2026/11/ferry?printable=yes",
    "https://www.paper.test/2026/11/ferry?view=print",
    "https://www.paper.test/2026/11/ferry?pagewanted=print",
    "https://www.paper.test/2026/11/ferry?m=1",
    "https://www.paper.test/2026/11/ferry?mobile=1",
    # Several at once
    "https://m.paper.test/2026/11/ferry?amp=1",
    "https://amp.paper.test/2026/11/ferry/amp",
    "https://m.paper.test/2026/11/ferry/print?amp=1",
]

NO_VARIANTS = [
    ARTICLE,
    "https://www.paper.test/amp",
    "https://www.paper.test/print/",
    "https://www.paper.test/lamp/post",
    "https://www.paper.test/2026/blueprint",
    "https://www.paper.test/2026/printing",
    "https://www.paper.test/2026/11/ferry?amp=0",
    "https://www.paper.test/2026/11/ferry?print=no",
    "https://www.paper.test/2026/11/ferry?id=print",
    "https://www.paper.test/2026/11/ferry?m=2026",
    "https://mm.paper.test/2026/11/ferry",
    "https://printmedia.test/a/b",
    "https://m.test/a",
    "https://amp.dev/documentation",
    "https://www.paper.test/mobile",
]


@pytest.mark.parametrize("url", VARIANTS)
def test_the_spelling_of_a_variant_leads_to_its_article(url):
    assert ARTICLE in article_urls(urls.normalise(url))


@pytest.mark.parametrize("url", NO_VARIANTS)
def test_an_address_that_only_looks_a_little_like_one_leads_nowhere(url):
    assert article_urls(urls.normalise(url)) == ()


@pytest.mark.parametrize(
    "url, expected",
    [
        ("https://en.m.wiki.test/a", ("https://en.wiki.test/a",)),
        ("https://m.paper.test/a", ("https://www.paper.test/a", "https://paper.test/a")),
        ("https://m.paper.test/a?id=7&print=1", "https://www.paper.test/a?id=7"),
        ("https://www.paper.test/a.amp.html", ("https://www.paper.test/a.html",)),
        ("http://m.paper.test:8080/a", ("http://www.paper.test:8080/a", "http://paper.test:8080/a")),
    ],
)
def test_the_plainest_address_is_the_likeliest(url, expected):
    found = article_urls(url)
    assert found[0] == expected if isinstance(expected, str) else found == expected


@pytest.mark.parametrize(
    "cached, expected",
    [
        # amp.dev, "AMP Cache URL format"
        ("https://www-paper-test.cdn.ampproject.org/c/s/www.paper.test/2026/11/ferry", ARTICLE),
        ("https://paper-test.cdn.ampproject.org/c/paper.test/a", "http://paper.test/a"),
        ("https://paper-test.cdn.ampproject.org/v/s/paper.test/a?id=7&amp_js_v=0.1", "https://paper.test/a?id=7"),
        ("https://cdn.ampproject.org/c/s/www.paper.test/2026/11/ferry", ARTICLE),
        ("https://www-paper-test.bing-amp.com/c/s/www.paper.test/2026/11/ferry", ARTICLE),
        ("https://www.google.com/amp/s/www.paper.test/2026/11/ferry", ARTICLE),
        ("https://www.google.co.uk/amp/s/www.paper.test/2026/11/ferry", ARTICLE),
        # a picture and a font are no documents
        ("https://paper-test.cdn.ampproject.org/i/s/paper.test/a.png",) * 2,
        ("https://paper-test.cdn.ampproject.org/r/s/paper.test/a.woff",) * 2,
        ("https://www.google.com/search?q=amp",) * 2,
        ("https://ampproject.org.paper.test/c/s/www.paper.test/a",) * 2,
        (ARTICLE,) * 2,
    ],
)
def test_an_amp_cache_names_the_publishers_address(cached, expected):
    assert origin_of(urls.normalise(cached)) == expected


PIECES = st.lists(st.sampled_from(["m.", "www.", "amp", "print", "/", "?", "&", "=1", ".amp", "a", ".html", "mobile"]))


@settings(deadline=None)
@given(PIECES.map("".join))
def test_what_a_variant_leads_to_is_normal_and_another_address(tail):
    url = urls.normalise(f"https://m.paper.test/{tail}")
    for found in article_urls(url):
        assert found == urls.normalise(found) != url
    assert urls.normalise(origin_of(url)) == origin_of(url)


@pytest.mark.parametrize("variant", [*VARIANTS, ARTICLE, ARTICLE + "/", ARTICLE.replace("https", "http")])
def test_all_forms_of_an_article_fold_into_one(variant):
    assert folded(urls.normalise(variant)) == "https://paper.test/2026/11/ferry"


def test_other_pages_do_not_fold_into_one():
    pages = ["https://paper.test/", "https://paper.test/a", "https://paper.test/a?id=1", "https://b.paper.test/a"]
    assert len({folded(page) for page in pages}) == len(pages)


@settings(deadline=None)
@given(PIECES.map("".join))
def test_folding_twice_is_folding_once(tail):
    plain = folded(urls.normalise(f"http://www.paper.test/{tail}"))
    assert folded(plain) == plain
    assert plain.startswith("https://paper.test/")
