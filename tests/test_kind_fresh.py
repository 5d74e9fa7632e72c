from datetime import UTC, datetime

import pytest
from fresh_pages import framed, no_articles, odd_articles

from broadsheet.model import Article, Page, PageKind, SiteRules
from broadsheet.policy import accept
from extractors.extract import extract

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
URL = "https://www.moorland.test/2026/03/story-1"
FIRST = "The decision to close the yard was made in a hotel room in Rotterdam, long before anyone had heard of it."
STORY = [
    FIRST,
    "By the time the men were told, on a wet Monday in October, the cranes had already been sold.",
    "What happened in between is recorded in four hundred pages of letters that the harbour board has kept.",
]


def read(html, url=URL):
    return extract(Page(html.encode(), url, "text/html; charset=utf-8"), SiteRules())


def is_accepted(html, url=URL):
    return isinstance(accept(read(html, url), now=NOON), Article)


def kind(html, url=URL):
    return read(html, url).page_kind


def lines(texts):
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize("page", no_articles(), ids=lambda page: page.name)
def test_a_page_that_is_no_article_is_refused(page):
    assert not is_accepted(page.html, page.url)


@pytest.mark.parametrize("page", odd_articles(), ids=lambda page: page.name)
def test_an_article_of_an_odd_form_is_accepted(page):
    assert is_accepted(page.html, page.url)


def test_a_call_to_subscribe_is_a_gate_and_one_in_quotes_is_none():
    call = "Subscribe to continue reading, it said on every page of the Gazette until the men walked in and asked."
    assert kind(framed(f"<h1>The yard</h1>{lines([*STORY, call])}")) == PageKind.PAY_WALL
    quoted = call.replace("Subscribe to continue reading,", '"Subscribe to continue reading,"')
    assert is_accepted(framed(f"<h1>The yard</h1>{lines([*STORY, quoted])}"))


def test_a_price_for_a_month_below_a_first_paragraph_is_a_gate_and_in_the_first_it_is_none():
    assert kind(framed(f"<h1>The yard</h1>{lines([FIRST, 'From £2 a month'])}")) == PageKind.PAY_WALL
    assert is_accepted(framed(f"<h1>The yard</h1>{lines(['The toll will be £2 a month. ' + FIRST])}"))


def test_a_button_in_a_box_with_the_text_and_no_way_on_is_a_door():
    box = f"<div><h1>Welcome</h1><p>{FIRST}</p><button>Enter</button></div>"
    assert not is_accepted(framed(box, "bare"))
    assert is_accepted(framed(box, "wp"))
    assert is_accepted(framed(f"<div><p>Cookies?</p><button>OK</button></div><h1>The yard</h1><p>{FIRST}</p>", "bare"))
    assert is_accepted(framed(f"<article>{box}</article>", "bare"))


@pytest.mark.parametrize("script", ["window._cf_chl_opt={cvId:'3'}", "var s='https://ct.captcha-delivery.com/c.js'"])
def test_the_script_of_a_challenge_beside_a_few_words_is_a_door(script):
    html = framed(f"<h1>One moment</h1><p>{FIRST}</p><script>{script}</script>", "bare")
    assert not is_accepted(html)
    assert is_accepted(framed(f"<h1>One moment</h1>{lines(STORY)}<script>{script}</script>", "bare"))


def test_a_page_not_to_be_indexed_with_a_few_undated_words_is_none_and_a_longer_one_is():
    head = '<meta name="robots" content="noindex,nofollow">'
    assert not is_accepted(framed(f"<h1>The yard</h1><p>{FIRST}</p>", head=head))
    assert is_accepted(framed(f"<h1>The yard</h1>{lines(STORY * 2)}", head=head))


def test_headings_with_links_are_teasers_however_short():
    cards = "".join(
        f'<div><h2><a href="/{n}">{name}</a></h2><p>A soup of bread, beans and cabbage.</p></div>'
        for n, name in enumerate(["Ribollita", "Norma", "Pesto", "Carbonara", "Amatriciana"])
    )
    assert kind(framed(f"<h1>Soups</h1>{cards}")) == PageKind.LISTING


def test_a_match_told_by_its_minutes_is_live_coverage_and_a_numbered_list_is_none():
    told = ["the ball rolls and the visitors attack", "a corner for the home side comes to nothing"] * 4
    minutes = "".join(f"<li>{minute}. {text}</li>" for minute, text in zip(range(2, 90, 11), told, strict=True))
    numbers = "".join(f"<li>{number}. {text} in the end</li>" for number, text in enumerate(told, 1))
    assert kind(framed(f"<h1>Hollow v Saltby live</h1><ul>{minutes}</ul>")) == PageKind.LIVE_BLOG
    assert is_accepted(framed(f"<h1>Eight ways to watch live</h1><ul>{numbers}</ul>"))


def test_a_button_to_buy_above_a_few_words_sells_them_and_one_below_does_not():
    button = "<button>Add to cart</button>"
    assert not is_accepted(framed(f"<h1>Thermos</h1>{button}<p>{FIRST}</p>"))
    assert is_accepted(framed(f"<h1>The yard</h1><p>{FIRST}</p>{button}"))


@pytest.mark.parametrize("class_name", ["postbody", "bbWrapper", "topic-body", "comment"])
def test_posts_by_several_are_a_thread_and_comments_below_an_article_are_none(class_name):
    posts = "".join(f'<div class="{class_name}"><b>Ann</b><p>{text}</p></div>' for text in STORY)
    assert not is_accepted(framed(f"<h1>Yard</h1>{posts}", "old"))
    assert is_accepted(framed(f"<h1>The yard</h1>{lines(STORY * 2)}{posts}", "old"))


def test_lines_that_are_all_captions_make_a_gallery_where_it_is_called_one():
    shown = "".join(
        f'<dl><dt><a href="/{n}"><img></a></dt><dd class="caption">{text}</dd></dl>' for n, text in enumerate(STORY)
    )
    assert kind(framed(f"<h1>In pictures: the yard</h1>{shown}")) == PageKind.GALLERY


def test_text_in_the_box_of_a_consent_manager_is_a_wall():
    box = f'<div class="didomi-popup"><h2>Hello</h2>{lines(STORY[:2])}</div>'
    assert kind(framed(box)) == PageKind.CONSENT_WALL
