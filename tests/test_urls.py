"""URLs: which spellings are one page, which are two, and which are none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet import urls

SAME = [
    # Scheme, host, port: RFC 3986, 6.2.2.1 and 6.2.3; WHATWG host parsing
    ("HTTP://Example.COM/a", "http://example.com/a"),
    ("http://example.com:80/a", "http://example.com/a"),
    ("https://example.com:443/a", "https://example.com/a"),
    ("http://example.com:/a", "http://example.com/a"),
    ("http://example.com:0080/a", "http://example.com/a"),
    ("http://example.com./a", "http://example.com/a"),
    ("http://user:secret@example.com/a", "http://example.com/a"),
    ("http://bücher.example/", "http://xn--bcher-kva.example/"),
    ("http://BÜCHER.example/", "http://bücher.example/"),
    ("http://example\u3002com/", "http://example.com/"),  # ideographic full stop
    ("http://\uff45\uff58ample.com/", "http://example.com/"),
    ("http://ex%61mple.com/", "http://example.com/"),
    ("http://exa\u00admple.com/", "http://example.com/"),  # soft hyphen
    ("http://[2001:DB8:0:0:0:0:0:1]/", "http://[2001:db8::1]/"),
    ("http://[::ffff:192.0.2.1]/", "http://[::ffff:c000:201]/"),
    ("http://3221225985/", "http://192.0.2.1/"),
    ("http://0xc0.0.0x2.01/", "http://192.0.2.1/"),
    ("http://192.0.513/", "http://192.0.2.1/"),
    ("http:example.com/a", "http://example.com/a"),
    ("http:/example.com/a", "http://example.com/a"),
    ("http:///example.com/a", "http://example.com/a"),
    ("http:\\\\example.com\\a", "http://example.com/a"),
    # The path
    ("http://example.com", "http://example.com/"),
    ("http://example.com?q=1", "http://example.com/?q=1"),
    ("http://example.com/a/./b", "http://example.com/a/b"),
    ("http://example.com/a/../b", "http://example.com/b"),
    ("http://example.com/../../b", "http://example.com/b"),
    ("http://example.com/a/%2e%2e/b", "http://example.com/b"),
    ("http://example.com/a/%2E/b", "http://example.com/a/b"),
    ("http://example.com/a/.%2e/b", "http://example.com/b"),
    ("http://example.com/%7Euser", "http://example.com/~user"),
    ("http://example.com/%61rticle", "http://example.com/article"),
    ("http://example.com/a%2db", "http://example.com/a-b"),
    ("http://example.com/%c3%bc", "http://example.com/%C3%BC"),
    ("http://example.com/ü", "http://example.com/%C3%BC"),
    ("http://example.com/日本", "http://example.com/%E6%97%A5%E6%9C%AC"),
    ("http://example.com/a b", "http://example.com/a%20b"),
    ("http://example.com/a\\b", "http://example.com/a/b"),
    ('http://example.com/"a"', "http://example.com/%22a%22"),
    ("http://example.com/a|b", "http://example.com/a|b"),
    # White space and control characters around and inside
    ("  http://example.com/a  ", "http://example.com/a"),
    ("\u0000http://example.com/a\u001f", "http://example.com/a"),
    ("http://exa\nmple.com/a\tb", "http://example.com/ab"),
    ("http://example.com/a\r\n", "http://example.com/a"),
    # The fragment
    ("http://example.com/a#top", "http://example.com/a"),
    ("http://example.com/a#", "http://example.com/a"),
    ("http://example.com/a#!/b", "http://example.com/a"),
    ("http://example.com/a#:~:text=word", "http://example.com/a"),
    # The query
    ("http://example.com/a?", "http://example.com/a"),
    ("http://example.com/a?&", "http://example.com/a"),
    ("http://example.com/a?b=2&a=1", "http://example.com/a?a=1&b=2"),
    ("http://example.com/a?&&a=1&", "http://example.com/a?a=1"),
    ("http://example.com/a?a=%7e", "http://example.com/a?a=~"),
    ("http://example.com/a?%61=1", "http://example.com/a?a=1"),
    ("http://example.com/a?q=ü", "http://example.com/a?q=%C3%BC"),
    ("http://example.com/a?q=a b", "http://example.com/a?q=a%20b"),
    # Tracking
    ("http://example.com/a?utm_source=x&utm_medium=y", "http://example.com/a"),
    ("http://example.com/a?UTM_Campaign=x", "http://example.com/a"),
    ("http://example.com/a?utm%5Fsource=x", "http://example.com/a"),
    ("http://example.com/a?id=7&fbclid=IwAR0", "http://example.com/a?id=7"),
    ("http://example.com/a?gclid=1&id=7", "http://example.com/a?id=7"),
    ("http://example.com/a?mc_cid=1&mc_eid=2", "http://example.com/a"),
    ("http://example.com/a?xtor=RSS-1", "http://example.com/a"),
    ("http://example.com/a?at_medium=RSS&at_campaign=KARANGA", "http://example.com/a"),
    ("http://example.com/a?pk_campaign=x", "http://example.com/a"),
    ("http://example.com/a?mtm_source=x", "http://example.com/a"),
    ("http://example.com/a?_ga=2.1&_gl=1", "http://example.com/a"),
    ("http://example.com/a?igshid=x", "http://example.com/a"),
    ("http://example.com/a?ocid=socialflow", "http://example.com/a"),
    ("http://example.com/a?wt_mc=rss.x", "http://example.com/a"),
    ("http://example.com/a?cmpid=x", "http://example.com/a"),
    ("http://example.com/a?srsltid=x", "http://example.com/a"),
    ("http://example.com/a?amp_js_v=0.1&usqp=mq331", "http://example.com/a"),
    ("http://example.com/a?fbclid", "http://example.com/a"),
]

DIFFERENT = [
    ("http://example.com/a", "https://example.com/a"),
    ("http://example.com/", "http://www.example.com/"),
    ("http://example.com/", "http://example.org/"),
    ("http://example.com:8080/", "http://example.com/"),
    ("http://example.com:443/", "http://example.com/"),
    ("http://example.com/a", "http://example.com/A"),
    ("http://example.com/a", "http://example.com/a/"),
    ("http://example.com/a", "http://example.com/a.html"),
    ("http://example.com/", "http://example.com/index.html"),
    ("http://example.com//a", "http://example.com/a"),
    ("http://example.com/a//b", "http://example.com/a/b"),
    ("http://example.com/a%2Fb", "http://example.com/a/b"),
    ("http://example.com/a%3Fb", "http://example.com/a?b"),
    ("http://example.com/a%23b", "http://example.com/a"),
    ("http://example.com/a%252Fb", "http://example.com/a%2Fb"),
    ("http://example.com/a+b", "http://example.com/a%20b"),
    ("http://example.com/a;v=1", "http://example.com/a"),
    ("http://example.com/a,b", "http://example.com/a%2Cb"),
    ("http://example.com/%C3%BC", "http://example.com/u%CC%88"),  # no Unicode normalisation of paths
    ("http://example.com/a?id=1", "http://example.com/a?id=2"),
    ("http://example.com/a?id=1", "http://example.com/a?ID=1"),
    ("http://example.com/a?id=1", "http://example.com/a"),
    ("http://example.com/a?id", "http://example.com/a?id="),
    ("http://example.com/a?a=1&a=2", "http://example.com/a?a=2&a=1"),
    ("http://example.com/a?q=a+b", "http://example.com/a?q=a%20b"),
    ("http://example.com/a?q=%26", "http://example.com/a?q=&"),
    ("http://example.com/a?ref=home", "http://example.com/a"),
    ("http://example.com/a?source=x", "http://example.com/a"),
    ("http://example.com/a?p=123", "http://example.com/a"),
    ("http://example.com/a?page=2", "http://example.com/a"),
    ("http://example.com/a?from=rss", "http://example.com/a"),
    ("http://example.com/a?campaign=x", "http://example.com/a"),
    ("http://example.com/a?share=x", "http://example.com/a"),
    ("http://example.com/a?xutm_source=x", "http://example.com/a"),
    ("http://example.com/a?q=utm_source", "http://example.com/a"),
    ("http://example.com/?%12345", "http://example.com/?%12346"),
    ("http://a.example.com/", "http://b.example.com/"),
    ("http://example.com/a?x=1;y=2", "http://example.com/a?y=2;x=1"),
    ("http://xn--bcher-kva.example/", "http://bucher.example/"),
]

UNUSABLE = [
    "",
    "   ",
    "#top",
    "/a",
    "a.html",
    "//example.com/a",
    "mailto:desk@example.com",
    "javascript:void(0)",
    "data:text/html,a",
    "ftp://example.com/a",
    "file:///etc/passwd",
    "about:blank",
    "tel:+123",
    "ws://example.com/",
    "http://",
    "http://?q",
    "http://./",
    "http://a b/",
    "http://exa<mple.com/",
    "http://example.com:99999/",
    "http://example.com:port/",
    "http://[::1/",
    "http://[g::1]/",
    "http://256.256.256.256/",
    "http://1.2.3.4.5/",
    "http://0x7f.1../",
    "http://%00/",
    "http://exam%2Fple.com/",
    "http://example.com/\ud800",
    "http://example.com/" + "a" * 8_000,
]


@pytest.mark.parametrize("one, other", SAME)
def test_two_spellings_of_one_page_have_one_normal_form(one, other):
    assert urls.normalise(one) == urls.normalise(other) is not None


@pytest.mark.parametrize("one, other", DIFFERENT)
def test_two_pages_keep_two_normal_forms(one, other):
    assert urls.normalise(one) != urls.normalise(other)


@pytest.mark.parametrize("url", UNUSABLE)
def test_what_is_no_usable_web_address_has_no_normal_form(url):
    assert urls.normalise(url) is None


@pytest.mark.parametrize(
    "reference, expected",
    [
        ("b", "http://example.com/d/b"),
        ("../b", "http://example.com/b"),
        ("/b", "http://example.com/b"),
        ("//other.example/b", "http://other.example/b"),
        ("?q", "http://example.com/d/a?q"),
        ("", "http://example.com/d/a"),
        ("#x", "http://example.com/d/a"),
        ("https://x.example/", "https://x.example/"),
        ("mailto:a@b.example", None),
    ],
)
def test_a_reference_is_resolved_against_its_base(reference, expected):
    assert urls.normalise(reference, "http://example.com/d/a") == expected


@pytest.mark.parametrize(
    "reference, expected",
    [
        ("/b?z=1&a=2&utm_source=x#top", "http://example.com:8080/b?z=1&a=2&utm_source=x"),
        ("https://user:word@Example.org./%7e", "https://example.org./%7e"),
        ("mailto:a@b.example", None),
        ("http://[", None),
    ],
)
def test_a_redirect_leads_where_it_says_and_not_to_a_normal_form(reference, expected):
    assert urls.absolute(reference, "http://example.com:8080/d/a") == expected


def test_an_unusable_base_makes_no_url():
    assert urls.normalise("b", "nonsense") is None


PIECES = st.lists(st.sampled_from([*"abZ019-._~!$&'()*+,;=:@/?#%\\ üß日", "%2", "%7E", "%e4", "%25", "..", "utm_x="]))


@settings(deadline=None)
@given(PIECES.map("".join))
def test_normalising_twice_is_normalising_once(tail):
    for prefix in ("http://example.com/", "https://", "http://a."):
        once = urls.normalise(prefix + tail)
        assert once is None or urls.normalise(once) == once


HOSTS = st.lists(st.sampled_from([*"ab1-.", "xn--", "0x", "com", ".1", "a.b"]), min_size=1, max_size=6).map("".join)
PATHS = st.lists(st.sampled_from([*"aZ0-._~/", "..", "/.", "//"]), max_size=8).map("".join)


@settings(deadline=None, max_examples=300)
@given(HOSTS, PATHS)
def test_a_plain_address_that_is_not_parsed_is_what_parsing_makes_of_it(host, path):
    url = f"http://{host}/{path}"
    assert urls.normalise(url) == urls.normalise(f"{url}#")


@settings(deadline=None)
@given(st.text())
def test_no_text_makes_it_raise(text):
    normal = urls.normalise(text, "http://example.com/")
    assert normal is None or normal.startswith(("http://", "https://"))
    urls.host(text)
    urls.origin(text)
    urls.site(text)


@pytest.mark.parametrize(
    "url, host, origin",
    [
        ("https://WWW.Example.com:443/a", "www.example.com", "https://www.example.com"),
        ("http://example.com:8080/a", "example.com", "http://example.com:8080"),
        ("http://[::1]:80/", "[::1]", "http://[::1]"),
        ("nonsense", "", ""),
        ("http://example.com./", "example.com", "http://example.com"),
    ],
)
def test_host_and_origin(url, host, origin):
    assert (urls.host(url), urls.origin(url)) == (host, origin)


@pytest.mark.parametrize(
    "one, other, expected",
    [
        ("https://news.example.com/a", "http://example.com/", True),
        ("https://www.bbc.co.uk/", "https://feeds.bbc.co.uk/", True),
        ("https://a.co.uk/", "https://b.co.uk/", False),
        ("https://a.github.io/", "https://b.github.io/", False),
        ("http://harbour.test/", "http://www.harbour.test/", True),
        ("http://harbour.test/", "http://hills.test/", False),
        ("http://127.0.0.1/", "http://127.0.0.2/", False),
        ("http://127.0.0.1:1/", "http://127.0.0.1:2/", True),
        ("nonsense", "nonsense", False),
    ],
)
def test_same_site_means_the_same_registrable_domain(one, other, expected):
    assert urls.same_site(one, other) is expected


@pytest.mark.parametrize(
    "url, hosts, expected",
    [
        ("https://www.example.com/", ("example.com",), True),
        ("https://example.com/", ("www.example.com",), True),
        ("https://news.example.com/", ("example.com",), False),
        ("https://news.example.com/", (".example.com",), True),
        ("https://example.com/", ("*.example.com",), True),
        ("https://badexample.com/", (".example.com",), False),
        ("https://example.com/", ("Example.COM",), True),
        ("https://example.com/", (), False),
    ],
)
def test_a_url_belongs_to_the_hosts_that_are_named(url, hosts, expected):
    assert urls.belongs(url, hosts) is expected
