"""Section, tags, links, images, access, description, language, site rules, evidence: the smaller fields."""

import json
import time

import pytest
from fielding import TEXT, URL, article, evidence, fields, page
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.model import Image, SiteRules
from extractors.fields.words import word_count


def test_the_section_comes_from_json_ld_then_meta_then_the_trail():
    trail = {"@type": "BreadcrumbList", "itemListElement": [{"name": n} for n in ("Home", "Coast", "Harbour")]}
    head = '<meta property="article:section" content="Politics">'
    assert fields(page(head=head, ld=article(articleSection=["Harbours", "Ports"]))).section == "Harbours"
    assert fields(page(head=head, ld=trail)).section == "Politics"
    assert fields(page(ld=trail)).section == "Coast"
    assert fields(page(ld=article(articleSection="Arts, Culture"))).section == "Arts, Culture"
    assert fields(page(ld=article(articleSection="Arts,Front,Slider"))).section == "Arts"


def test_a_link_to_the_folder_above_names_the_section():
    body = '<a href="https://elsewhere.test/politics/">Out</a><a href="/politics/">Politics today</a><h1>Harbour</h1>'
    assert fields(page(body=body)).section == "Politics today"


@pytest.mark.parametrize(
    "keywords,expected",
    [
        (["Harbour", "Council"], ("Harbour", "Council")),
        ("Harbour, Council; harbour", ("Harbour", "Council")),
        (["topic/harbour", "place/coast"], ("harbour", "coast")),
        (["Harbour", "Category: News", "3f2a9c1e-1111-2222", "x", "Tidings", "Ada Lane"], ("Harbour",)),
        (["ABC", "DEF08", "GHI", "JK"], ()),
        ("PG&amp;amp;E, Fire", ("PG&E", "Fire")),
        (["Harbour", "harbour vote 12345 politics"], ("Harbour", "harbour vote 12345 politics")),
        (["Harbour", "politics 2026 harbour vote"], ("Harbour",)),
    ],
)
def test_tags_are_the_publishers_words_and_no_codes(keywords, expected):
    ld = article(keywords=keywords, publisher={"name": "Tidings"}, author={"name": "Ada Lane"})
    assert fields(page(ld=ld)).tags == expected


def test_a_list_of_one_yields_to_a_longer_one():
    head = (
        '<meta name="news_keywords" content="Harbour, Council"><meta property="article:tag" content="Harbour Council">'
    )
    assert fields(page(head=head, ld=article(keywords="Harbour Council"))).tags == ("Harbour", "Council")


def test_tag_links_are_tags_where_nothing_else_is():
    assert fields(
        page(body='<h1>H</h1><a rel="tag" href="/t/1">#Harbour</a><a rel="tag" href="/t/2">Coast</a>')
    ).tags == (
        "Harbour",
        "Coast",
    )


@pytest.mark.parametrize(
    "href,expected",
    [
        ("/politics/2026/harbour-vote-12345.html?utm_source=x", URL),
        ("https://tidings.test/harbour", "https://tidings.test/harbour"),
        ("https://www.tidings.test/", None),
        ("https://www.tidings.test/index.html", None),
        ("https://elsewhere.test/harbour", None),
        ("javascript:void(0)", None),
        ("http://[broken", None),
    ],
)
def test_the_canonical_address_is_trusted_on_the_same_site_and_never_the_home_page(href, expected):
    assert fields(page(head=f'<link rel="canonical" href="{href}">')).canonical_url == expected


def test_og_url_is_asked_where_the_canonical_link_is_not_trusted():
    head = f'<link rel="canonical" href="https://www.tidings.test/"><meta property="og:url" content="{URL}">'
    read = fields(page(head=head))
    assert read.canonical_url == URL
    assert [chosen for *_, chosen in evidence(read, "canonical_url")] == [False, True]


@pytest.mark.parametrize(
    "href,expected",
    [
        (f"{URL}?page=2", f"{URL}?page=2"),
        (
            "/politics/2026/harbour-vote-12345-2.html",
            "https://www.tidings.test/politics/2026/harbour-vote-12345-2.html",
        ),
        ("/politics/2026/another-story.html", None),
        ("https://elsewhere.test/2", None),
    ],
)
def test_the_next_page_is_one_of_the_same_article(href, expected):
    assert fields(page(head=f'<link rel="next" href="{href}">')).next_page == expected


def test_images_have_captions_and_credits_and_are_told_once():
    head = '<meta property="og:image" content="https://img.tidings.test/a.jpg?w=1200">'
    caption = "<figcaption>The quay. Photo: Bo Marsh</figcaption>"
    figure = f'<figure><img src="https://img.tidings.test/a.jpg?w=400">{caption}</figure>'
    caption = '<figcaption>Boats <span class="credit">Cy</span></figcaption>'
    other = f'<figure><img data-src="/b.jpg" src="data:image/gif;base64,x">{caption}</figure>'
    read = fields(page(head=head, body=f"<article><h1>H</h1>{figure}{other}</article>"))
    assert read.images == (
        Image("https://img.tidings.test/a.jpg?w=1200", "The quay.", "Bo Marsh"),
        Image("https://www.tidings.test/b.jpg", "Boats", "Cy"),
    )


@pytest.mark.parametrize(
    "stated,meta,expected",
    [
        (False, "", "paid"),
        ("False", "", "paid"),
        ("https://schema.org/True", "", "free"),
        (False, "metered", "metered"),
        (None, "locked", "paid"),
        (None, "metered", "metered"),
        (None, "", "free"),
    ],
)
def test_access_is_what_the_page_says(stated, meta, expected):
    head = f'<meta property="article:content_tier" content="{meta}">'
    assert fields(page(head=head, ld=article(isAccessibleForFree=stated))).access == expected


def test_a_description_cut_short_yields_to_the_whole():
    whole = "The council voted to widen it."
    head = f'<meta property="og:description" content="The council voted…"><meta name="description" content="{whole}">'
    assert fields(page(head=head)).description == whole


def test_the_language_is_that_of_the_text_and_the_declaration_stays():
    german = "Der Gemeinderat hat am Dienstag beschlossen, den Hafen zu erweitern. " * 5
    read = fields(page(lang="en-GB"), text=german)
    assert (read.language, read.declared_language) == ("de", "en")


def test_a_short_text_and_a_neighbouring_language_are_as_declared():
    assert fields(page(lang="pt"), text="Sim.").language == "pt"
    danish = "Byrådet vedtog tirsdag at udvide havnen efter en lang debat om natten. " * 5
    assert fields(page(lang="nb"), text=danish).language == "no"


def test_any_declaration_may_tell_neighbouring_languages_apart():
    danish = "Byrådet vedtog tirsdag at udvide havnen efter en lang debat om natten. " * 5
    locale = '<meta property="og:locale" content="nb_NO">'
    assert fields(page(lang="en", head=locale), text=danish).language == "no"


def test_a_text_that_begins_in_another_language_is_as_declared():
    quoted = "„Wir haben die ganze Nacht gerechnet“, sagte der Bürgermeister, „und der Hafen wird gebaut.“ " * 4
    english = "With these words the mayor began a speech that nobody in the harbour had expected to hear. " * 8
    assert fields(page(lang="en"), text=quoted + english).language == "en"
    assert fields(page(lang="en"), text=quoted * 4).language == "de"


def test_few_characters_are_enough_where_a_character_says_much():
    assert fields(page(lang="en"), text="市議会は火曜日、港を拡張することを可決したと当局者が述べた。").language == "ja"


def test_a_page_that_says_nothing_has_its_sources_language():
    assert fields("<p>x</p>", text="", rules=SiteRules(source_language="fr")).language == "fr"


def test_site_rules_win_over_everything():
    rules = SiteRules(
        fields={
            "title": (".headline",),
            "authors": (".who a",),
            "published": (".when",),
            "tags": (".tag",),
            "section": ("nav .here",),
            "canonical_url": (".self",),
            "access": (".lock",),
        },
        time_zone="Europe/Berlin",
    )
    body = (
        '<nav><b class="here">Coast</b></nav><h1>Other</h1><p class="headline">The headline</p>'
        '<p class="who">By <a>Ada Lane</a>, <a>Bo Marsh</a></p><p class="when">14.03.2026 10:30</p>'
        '<i class="tag">Harbour</i><i class="tag">Quay</i><a class="self" href="/x/1">x</a><p class="lock">premium</p>'
    )
    read = fields(page(body=body, ld=article(author="Cy Fenn", keywords="a,b")), rules=rules)
    assert (read.title, read.authors, read.tags, read.section) == (
        "The headline",
        ("Ada Lane", "Bo Marsh"),
        ("Harbour", "Quay"),
        "Coast",
    )
    assert (read.published.at.hour, read.published.zone_source, read.access) == (9, "site", "paid")
    assert read.canonical_url == "https://www.tidings.test/x/1"


def test_a_selector_that_cannot_be_read_finds_nothing():
    assert fields(page(), rules=SiteRules(fields={"title": ("[[", "h1")})).title == "Harbour to be widened"


def test_evidence_is_cut_and_hashed():
    read = fields(page(ld=article(description="x" * 1000)))
    kept = next(e for e in read.evidence if e.field == "description")
    assert (len(kept.raw), len(kept.value), len(kept.raw_hash)) == (300, 300, 16)


def test_words_are_counted_by_character_in_scripts_without_spaces():
    assert word_count("The council's well-kept harbour.") == 4
    assert word_count("港を拡張") == 4
    assert word_count("") == 0


def test_the_same_page_twice_gives_the_same_fields():
    html = page(ld=article(author="Ada Lane", keywords=["b", "a"]), body="<h1>H</h1><p class='byline'>By Bo Marsh</p>")
    assert fields(html) == fields(html)


@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_no_bytes_make_it_raise(body):
    fields(body)


TAGS = st.sampled_from(
    ["<h1>", "<time datetime='", "2026-03-14", "'>", "<p class='byline'>", "By A", "<meta name='author' content='",
     "<figure>", "<img src='x'>", "<script type='application/ld+json'>", '{"@type":"NewsArticle","author":', "]}",
     "</script>", "<a rel='tag'>",
     "<link rel='canonical' href='", "//", "[", "&#0;", "\x00", "</p>", "<html lang='", "<title>", " | ", "«", "記者"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(TAGS, max_size=30))
def test_no_markup_makes_it_raise(pieces):
    fields("".join(pieces), url="https://www.tidings.test/" + "".join(pieces)[:40])


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
KEYS = st.sampled_from(["name", "@id", "@type", "url", "@value", "@list"])
VALUES = st.recursive(SCALARS, lambda v: st.lists(v, max_size=3) | st.dictionaries(KEYS, v, max_size=3), max_leaves=8)
PROPERTIES = st.sampled_from(
    ["headline", "author", "datePublished", "keywords", "image", "articleSection", "url", "publisher",
     "isAccessibleForFree", "inLanguage", "@type", "itemListElement", "articleBody", "mainEntityOfPage"]
)  # fmt: skip


@settings(max_examples=100)
@given(st.dictionaries(PROPERTIES, VALUES, max_size=6))
def test_no_json_ld_makes_it_raise(properties):
    fields(page(ld={"@type": "NewsArticle", **properties}))


HOSTILE = {
    "nested divs": "<h1>t</h1>" + '<div class="byline date author">' * 30_000 + "by x y 12.12.2020",
    "flat bylines": "<h1>t</h1>" + '<div class="byline date">by Xav Yeo 12.12.2020</div>' * 30_000,
    "metas": "".join(f'<meta name="author" content="{"Ab C, " * 300}">' for _ in range(3_000)),
    "huge metas": f'<meta name="author" content="{"((" * 200_000}"><meta name="og:title" content="{"a | " * 99_999}">',
    "links": '<a rel="next tag" href="/y">z</a>' * 30_000,
    "figures": "<article>" + "<figure><img src=a.jpg><figcaption>" * 10_000,
    "combining marks": '<meta property="og:title" content="a' + "\u0301" * 100_000 + '">',
    "json-ld": page(ld=[article(author="By " * 300, keywords=["k"] * 500) for _ in range(500)]),
    "authors": page(
        ld=article(author=[{"name": f"Ab Cd{n}"} for n in range(20_000)], keywords=[f"k{n}" for n in range(50_000)])
    ),
    "cycle": page(
        ld={"@graph": [{"@id": "a", "@type": "NewsArticle", "author": {"@id": "a"}, "publisher": {"@id": "a"}}]}
    ),
    "addresses": f'<p class="byline">{"【.@" * 60}</p>' * 50,
    "numbers": "<h1>t</h1>" + f"<p class=date>{'1/' * 60}</p>" * 2_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_take_bounded_time(name):
    fields(page())
    start = time.process_time()
    read = fields(HOSTILE[name])
    assert time.process_time() - start < 5
    assert len(json.dumps([str(e) for e in read.evidence])) < 200_000


def test_a_normal_page_costs_a_few_milliseconds():
    html = page(
        ld=article(author="Ada Lane", datePublished="2026-03-14T09:30:00Z"), body="<h1>H</h1>" + f"<p>{TEXT}</p>" * 50
    )
    fields(html)
    start = time.process_time()
    for _ in range(20):
        fields(html)
    assert (time.process_time() - start) / 20 < 0.05


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-15", "utf-16", "utf-8"])
def test_another_charset_with_its_declaration_changes_no_field(charset):
    html = page(
        head=f'<meta charset="{charset}"><meta name="author" content="Jörg Weiß">',
        body="<h1>Größerer Hafen für Büsum</h1><p class='datum'>14. März 2026, 09:30 Uhr</p>",
        lang="de",
    )
    read = fields(html.encode(charset))
    assert (read.title, read.authors, read.published.on.isoformat()) == (
        "Größerer Hafen für Büsum",
        ("Jörg Weiß",),
        "2026-03-14",
    )
