import time
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_pages import (
    CLOCKS,
    HELD_OUT,
    bare,
    framed,
    languages,
    ld,
    made,
    no_articles,
    one_by_one,
    paragraphs,
    teasers,
    words,
)

import press
from broadsheet.model import Article, Page, PageKind, SiteRules
from broadsheet.policy import accept
from extractors.body import Body
from extractors.extract import extract
from extractors.kind import page_kind
from extractors.kind.headings import OTHER
from extractors.page import parse_page
from press.desks import DESKS
from press.pages import pages

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
URL = "https://www.moorland.test/2026/03/story-1"
STORY = """\
The county will spend two million pounds on the road over the pass, which has been closed since a landslip in November \
took away forty metres of its outer lane.
Work begins after the lambing season. Until then farmers on the far side may cross on foot and on horseback at their \
own risk, a spokeswoman said on Tuesday.
Gwen Tarrow, who keeps the shop at the summit, has served eleven customers since the road closed. Nine of them were \
geologists, she said, and they bought nothing but string.
The bus company has found a way round through the forest that adds fifty minutes. It carries a thermos for passengers \
and has so far lost only one.""".splitlines()
ITEM = (
    "A cow that had stood on the roof of the parish hall since Monday evening came down by herself on Wednesday, "
    "using the slope behind the kitchen, and walked home."
)


def read(html, url=URL, content_type="text/html; charset=utf-8"):
    return extract(Page(html if isinstance(html, bytes) else html.encode(), url, content_type), SiteRules())


def kind(html, url=URL, content_type="text/html; charset=utf-8"):
    return read(html, url, content_type).page_kind


def is_accepted(html, url=URL):
    return isinstance(accept(read(html, url), now=NOON), Article)


def story(title="Road over the pass to be mended", lines=STORY, extra="", *, template=1, dated=True, head=""):
    date = "<p>9 March 2026, 06:00</p>" if dated else ""
    return framed(title, f"<h1>{title}</h1>{date}{paragraphs(lines)}{extra}", "en", template, head)


@pytest.mark.parametrize("page", no_articles(), ids=lambda page: page.name)
def test_a_made_page_that_is_no_article_is_told_by_its_kind(page):
    assert kind(page.html, page.url) == page.kind


@pytest.mark.parametrize("page", one_by_one(), ids=lambda page: page.name)
def test_a_page_written_singly_is_no_article(page):
    assert not is_accepted(page.html, page.url)


def test_there_are_sixty_made_pages_and_thirty_held_out():
    held = [page.language in HELD_OUT for page in no_articles()]
    assert (held.count(False), held.count(True)) == (60, 30)


@pytest.mark.parametrize("edition", [1, 2])
def test_of_the_sample_press_every_page_is_taken_for_what_it_is(edition):
    served, wrong = pages(edition), []
    for entry in press.ledger(edition):
        address = urlsplit(entry.url)
        answer = served.get((address.netloc, address.path))
        if entry.outcome not in {"article", "duplicate", "rejected"} or answer is None or answer.status != 200:
            continue
        found = read(answer.body, entry.url, answer.header("content-type"))
        wanted = entry.kind if entry.outcome == "rejected" else PageKind.ARTICLE
        if found.page_kind != wanted or isinstance(accept(found, now=NOON), Article) != (wanted == PageKind.ARTICLE):
            wrong.append((entry.url, wanted, found.page_kind, found.kind_evidence))
    assert wrong == []


@pytest.mark.parametrize("edition", [1, 2])
def test_home_and_sections_of_the_sample_press_are_no_articles(edition):
    lists = {at: page for at, page in pages(edition).items() if at[1].count("/") <= 2 and at[1].endswith("/")}
    assert len(lists) == sum(1 + len(desk.paper.sections) for desk in DESKS)
    accepted = [
        f"http://{host}{path}" for (host, path), page in lists.items() if is_accepted(page.body, f"http://{host}{path}")
    ]
    assert accepted == []


def test_a_plain_list_of_dated_headlines_is_a_listing():
    items = "".join(
        f'<li><a href="/{n}">Bridge {n} closes</a> (2026-03-{n} 17:10, Harbour desk)</li>' for n in range(11, 17)
    )
    page = f"<html><body><h1>Roads</h1><ul>{items}</ul></body></html>"
    assert kind(page, "https://www.moorland.test/roads/") == PageKind.LISTING


def test_dates_over_links_below_an_article_make_it_no_listing():
    links = "".join(
        f'<p>2026-03-{n}</p><p><a href="/{n}">Bridge {n} closes for the spring</a></p>' for n in range(11, 17)
    )
    text = "".join(f"<p>{line}</p>" for line in STORY)
    assert is_accepted(f"<html><body><h1>A road opens</h1><p>14 March 2026</p>{text}{links}</body></html>")


@pytest.mark.parametrize("template", range(4))
@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("form", ["undated", "dated", "marked", "above a list of headlines"])
def test_a_short_item_is_an_article_in_any_furniture(language, template, form):
    said = words(language)
    title, lead = said["pay"][:2]
    more = f"<h3>{said['most_read']}</h3>{teasers(said, 2)}" if form.startswith("above") else ""
    date = "<p>2026-03-09 06:00</p>" if form == "dated" else ""
    head = '<meta property="og:type" content="article">' if form == "marked" else ""
    assert is_accepted(framed(title, f"<h1>{title}</h1>{date}<p>{lead}</p>{more}", language, template, head))


@pytest.mark.parametrize("template", range(4))
def test_an_item_of_one_sentence_is_an_article(template):
    assert is_accepted(story("Cow leaves roof", [ITEM], template=template, dated=False))


NOT_FOUND_STORY = (
    "Why so many links end in '404 Not Found'",
    """\
A quarter of the pages that papers linked to ten years ago can no longer be found, a study of the university at \
Harrow Cross has counted. Readers meet the words 'page not found' instead.
Most of the pages had been moved or deleted when their owners bought a new system, said its author Mirela Quist. \
Nobody had told the links.
The library now keeps copies. It has asked the county's papers to say where a story went.""".splitlines(),
)
CONSENT_STORY = (
    "Consent banners must offer 'reject all', court rules",
    """\
Websites that use cookies must show a button to reject all of them beside the one to accept all, the high court \
ruled on Thursday in a case brought by two pensioners.
Publishers and their partners store information on a device for many purposes, the judges wrote, and your consent to \
one is not your consent to all. Personal data may not be the price of the weather forecast.
The publishers' association will appeal. It fears for personalised advertising, small papers' bread.""".splitlines(),
)
PAY_STORY = (
    "Paper drops its paywall after a year",
    """\
The Tarn Valley Mail has dropped its paywall. Readers no longer need to subscribe to continue reading, its owner \
said on Friday, because those who did were mostly his relatives.
A note that a story is for subscribers had appeared under every second headline since last spring. Sales of the \
printed paper rose in the same time, for reasons that nobody at the Mail can explain.
The paper hopes that advertisements will pay for the news. A baker has already taken half a page.
It keeps one thing closed: the crossword, whose readers have asked for it, as they wish to remain few.
Other papers of the county watch with interest. Two of them have walls of their own, one has planned a wall, and the \
fourth says it has never found out how to build one on the system that it uses.""".splitlines(),
)


@pytest.mark.parametrize("template", range(4))
@pytest.mark.parametrize("title, lines", [NOT_FOUND_STORY, CONSENT_STORY, PAY_STORY], ids=["404", "consent", "paywall"])
def test_a_story_about_walls_is_an_article(title, lines, template):
    assert is_accepted(story(title, lines, template=template))


SLIDES = "".join(f'<figure><img src="/i/{n}.jpg"><figcaption>Slide {n}</figcaption></figure>' for n in range(8))
METER = "<div><p>You have 2 of your free articles left this month. Already a subscriber? Log in</p></div>"
LETTER = '<form action="/letter"><p>Sign up for our newsletter</p><input type="email"><button>OK</button></form>'
SIGN_IN = '<form action="/login"><h2>Sign in</h2><input name="u"><input type="password" name="p"></form>'
INSERTS = {
    "a film": '<video controls src="/v/road.mp4"></video><p>Watch the landslip</p>',
    "a film of others": '<iframe src="https://www.youtube.com/embed/xyz"></iframe>',
    "pictures": SLIDES,
    "a form to sign in": SIGN_IN,
    "a newsletter": LETTER,
    "a meter": METER,
}


@pytest.mark.parametrize("template", range(4))
@pytest.mark.parametrize("extra", INSERTS.values(), ids=INSERTS)
def test_a_story_stays_an_article_with_something_in_it(extra, template):
    assert is_accepted(story(extra=extra, template=template))
    assert is_accepted(story(lines=[*STORY[:2], *STORY[3:]], extra=extra, template=template, dated=False))


def test_a_story_that_calls_itself_a_film_or_pictures_keeps_its_text():
    node = ld({"@type": "VideoObject", "name": "Road"}) + ld({"@type": "NewsArticle", "headline": "Video: the road"})
    assert is_accepted(story("Video: the road over the pass", extra=INSERTS["a film"], head=node))
    assert is_accepted(story("Photos: the road over the pass", extra=SLIDES))


def test_a_chronicle_in_paragraphs_that_begin_with_the_hour_is_an_article():
    hours = [f"{9 + n}:1{n} am. {line}" for n, line in enumerate(STORY)]
    assert is_accepted(story("How the day of the landslip went", hours))
    steps = "".join(f"<h3>{9 + n}:1{n}</h3><p>{line}</p>" for n, line in enumerate(STORY * 2))
    assert is_accepted(story("How the day of the landslip went", STORY[:1], extra=steps))


def test_readers_comments_with_the_time_make_no_live_coverage():
    talk = "".join(
        f'<div class="c"><b>Ann</b><span>{clock}</span><p>I was there and saw it.</p></div>' for clock in CLOCKS
    )
    assert is_accepted(story(extra=f"<h3>Comments</h3>{talk}"))


@pytest.mark.parametrize("named", [True, False])
def test_live_coverage_may_run_forward_if_it_is_called_live(named):
    posts = "".join(
        f"<div><span>{c}</span><p>{line}</p></div>" for c, line in zip(reversed(CLOCKS), STORY * 2, strict=False)
    )
    title = "Landslip live" if named else "Landslip hour by hour"
    html = framed(title, f"<h1>{title}</h1>{posts}", "en", 1)
    assert kind(html) == (PageKind.LIVE_BLOG if named else PageKind.ARTICLE)


def cards(lines):
    return "".join(
        f'<div><h2><a href="/s/{n}">Story {line[:40]}</a></h2><p>{line}</p></div>' for n, line in enumerate(lines)
    )


NODE = {"@context": "https://schema.org"}
LINES = [line[:60] for line in STORY * 2]
BASE = "https://www.moorland.test"
TEASED = "".join(
    ld({**NODE, "@type": "NewsArticle", "headline": line, "url": f"{BASE}/s/{n}"}) for n, line in enumerate(STORY)
)
CAPTIONED = "".join(f'<div><img src="/i/{n}.jpg"><p>{line}</p></div>' for n, line in enumerate(STORY * 2))
ANN = "<p>Ann Perrow writes about roads and those who mend them.</p>"
SORRY = "<p>Our engineers have been told and are looking into it, with torches. Please come back a little later.</p>"
FRIDGE = "<p>We looked everywhere, even behind the fridge. Try the front page or the search above.</p>"
FIRST = paragraphs(STORY[:1])
ODD = {
    "home page": ("listing", cards(STORY * 3), f"{BASE}/", ""),
    "tag page": ("listing", f"<h1>landslips</h1>{cards(STORY * 2)}", f"{BASE}/tag/landslips", ""),
    "author page": ("listing", f"<h1>Stories by Ann Perrow</h1>{ANN}{cards(LINES)}", f"{BASE}/ann", ""),
    "list of articles in JSON-LD": ("listing", f"<h1>Roads</h1>{cards(LINES)}", f"{BASE}/roads", TEASED),
    "long captions": ("gallery", f"<h1>The pass in pictures</h1>{CAPTIONED}", URL, ""),
    "error 500": ("other", f"<h1>Internal server error</h1>{SORRY}", URL, ""),
    "privacy policy": ("other", f"<h1>Privacy policy</h1>{paragraphs(STORY)}", f"{BASE}/privacy", ""),
    "product": ("other", f"<h1>Thermos</h1>{FIRST}<p>£12</p>", URL, ld({**NODE, "@type": "Product", "name": "T"})),
    "podcast": ("other", f"<h1>String</h1>{FIRST}", URL, ld({**NODE, "@type": "PodcastEpisode", "name": "String"})),
    "number of an error": ("soft_404", f"<h1>404</h1>{FRIDGE}", URL, ""),
    "error over teasers": ("soft_404", f"<h1>Page not found</h1><p>One of these?</p>{cards(STORY)}", URL, ""),
}


@pytest.mark.parametrize("wanted, main, url, head", ODD.values(), ids=ODD)
def test_other_pages_that_are_no_articles_are_refused(wanted, main, url, head):
    title = main.partition("<h1>")[2].partition("<")[0] or "Moorland Chronicle"
    html = framed(title, main, "en", 0, head)
    assert not is_accepted(html, url)
    assert kind(html, url) == wanted


def test_a_browser_check_needs_javascript():
    html = bare(
        "Just a moment...", "<h2>Checking your browser before you go on</h2><p>Enable JavaScript and cookies.</p>", "en"
    )
    assert kind(html) == PageKind.NEEDS_JAVASCRIPT


def test_a_gate_after_the_beginning_of_a_story_is_a_wall_and_after_the_whole_is_none():
    gate = "<div><h2>Subscribe to continue reading</h2><p>One pound a week.</p></div>"
    node = ld({**NODE, "@type": "NewsArticle", "headline": "Road", "isAccessibleForFree": "False"})
    assert kind(story(lines=STORY[:2], extra=gate, head=node)) == PageKind.PAY_WALL
    assert is_accepted(story(lines=STORY * 2, extra=gate, head=node))


def test_consent_asked_at_length_is_still_a_wall():
    lines = (
        words("en")["consent"][1:3]
        + ["Some vendors may process your personal data on the basis of legitimate interest."] * 8
    )
    assert (
        kind(bare("Your privacy", f"<h1>Your privacy choices</h1>{paragraphs(lines)}", "en")) == PageKind.CONSENT_WALL
    )


@pytest.mark.parametrize("body, content_type", [
    (b"%PDF-1.7 ...", "text/html"),
    (b'{"a": 1}', "text/html"),
    (b"plain words", None),
    (b"<html><p>" + ITEM.encode() + b"</p></html>", "image/png"),
    (b'<?xml version="1.0"?><rss><channel><title>a</title><item><title>b</title></item></channel></rss>', "text/html"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'><text>a</text></svg>", "application/xml"),
])  # fmt: skip
def test_what_is_no_html_is_told(body, content_type):
    assert kind(body, content_type=content_type) == PageKind.NOT_HTML


def test_xhtml_with_a_prolog_is_html():
    html = '<?xml version="1.0" encoding="utf-8"?>' + story().replace("<!doctype html>", "<!DOCTYPE html>")
    assert is_accepted(html)


def test_the_evidence_tells_why():
    assert read(made("soft_404", "en").html).kind_evidence.startswith("headline: ")
    assert "words" in read(story()).kind_evidence


def test_phrases_are_lower_case_so_that_they_can_be_found():
    from extractors.kind import phrases

    lists = [value for name, value in vars(phrases).items() if name.isupper()]
    assert [
        phrase
        for some in [*lists, OTHER]
        for phrase in some
        if phrase != phrase.lower() or "\N{RIGHT SINGLE QUOTATION MARK}" in phrase
    ] == []


@given(st.text(max_size=400), st.text(max_size=200))
@settings(deadline=None, max_examples=60)
def test_no_text_makes_it_raise(html, url):
    parsed = parse_page(Page(f"<html><h1>{html}</h1><p>{html}</p></html>".encode("utf-8", "replace"), url), SiteRules())
    assert page_kind(parsed, Body(html, "json-ld")).evidence
    assert extract(Page(html.encode("utf-8", "replace"), url), SiteRules()).kind_evidence


def test_a_large_page_takes_bounded_time():
    many = "".join(
        f'<li><img src="/{n}.jpg"><span>{n % 24}:10</span><a href="/{n}">some headline of four words</a></li>'
        for n in range(20_000)
    )
    parsed = parse_page(Page(f"<html><h1>x</h1><ul>{many}</ul></html>".encode(), URL), SiteRules())
    from extractors.blocks import text_blocks

    body = Body("x", "", (), tuple(text_blocks(parsed.tree)))
    started = time.process_time()
    page_kind(parsed, body)
    assert time.process_time() - started < 2
