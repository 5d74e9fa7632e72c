"""The judge of blocks: what it keeps, what it refuses, and that each refusal has its reason."""

import json
from importlib import resources

import pytest
from lxml.html import document_fromstring

from extractors import extract_html
from extractors.blocks import text_blocks
from extractors.features import NAMES, Features
from extractors.judge import model
from extractors.says import PageSays
from extractors.witness import taken

URL = "https://www.harbourgazette.test/2026/03/09/pier"
TITLE = "Old pier reopens after nine winters"
STORY = [
    f"The board met for the {count}th time in March, and its chair told the {count * 12} people in the hall that the "
    f"planks of bay {count} would be laid before the herring came back."
    for count in range(4, 14)
]


def read(lines, tags="p"):
    tags = [tags] * len(lines) if isinstance(tags, str) else tags
    body = "".join(f"<{tag}>{line}</{tag}>" for tag, line in zip(tags, lines, strict=True))
    html = f"<html lang=en><head><title>{TITLE} | Harbour Gazette</title></head><body><main>{body}</main></body></html>"
    return extract_html(html.encode(), URL)


def test_the_headline_is_not_repeated_in_the_text():
    result = read([TITLE, *STORY], ["h1", *["p"] * len(STORY)])
    assert result.text.split("\n") == STORY


def test_what_is_dropped_is_kept_as_evidence_with_its_reason():
    result = read([*STORY, "More from the Harbour Gazette"])
    assert result.text.split("\n") == STORY
    dropped = {line.text: line.reason for line in result.dropped}
    assert dropped["More from the Harbour Gazette"]


@pytest.mark.parametrize(
    "last",
    [
        "The board will tell the paper's readers on Facebook and X when the next plank is laid, its chair said.",
        "He told the Tidewater Courier that nobody had asked the fishermen, and that he would write to it again.",
        "The petition was shared on social media more than nine hundred times within a day.",
    ],
)
def test_a_last_paragraph_that_speaks_of_networks_or_papers_stays(last):
    assert read([TITLE, *STORY, last], ["h1", *["p"] * (len(STORY) + 1)]).text.split("\n") == [*STORY, last]


@pytest.mark.parametrize("heading", ["What they said on social media", "Follow the money", "Also in the hall"])
def test_a_subheading_with_text_below_stays(heading):
    lines, tags = [*STORY[:5], heading, *STORY[5:]], [*["p"] * 5, "h2", *["p"] * 5]
    assert read([TITLE, *lines], ["h1", *tags]).text.split("\n") == lines


def test_the_weights_are_for_the_features_as_they_are():
    stated = json.loads(resources.files("extractors").joinpath("judge.json").read_text())
    assert tuple(stated["features"]) == NAMES


def test_a_row_has_a_number_for_every_feature():
    blocks = text_blocks(document_fromstring("<p>" + "</p><p>".join(STORY)))
    features = Features(blocks, [True] * len(blocks), PageSays(frozenset(), (), (), (), ()))
    assert {len(features.row(at)) for at in range(len(blocks))} == {len(NAMES)}


def test_the_odds_of_a_paragraph_among_paragraphs_are_better_than_those_of_a_list_of_links():
    links = "".join(
        f"<li><a href=/{count}>Bakery moves to the old signal box, part {count}</a></li>" for count in range(8)
    )
    blocks = text_blocks(document_fromstring(f"<div><p>{'</p><p>'.join(STORY)}</p></div><div><ul>{links}</ul></div>"))
    features = Features(blocks, [block.tag == "p" for block in blocks], PageSays(frozenset(), (), (), (), ()))
    odds = [model().log_odds(features.row(at)) for at in range(len(blocks))]
    assert min(odds[: len(STORY)]) > max(odds[len(STORY) :])


def test_a_short_line_far_from_where_the_engine_says_it_is_another_one():
    lines = ["Share", *STORY, "Share"]
    assert taken(lines, "\n".join([*STORY, "Share"])) == [False, *[True] * len(STORY), True]


NAMED = {
    "Harbour Gazette": ("Jump straight to the story, past the menu", "More from the Harbour Gazette", "Follow us on X"),
    "Tidewater Courier": (
        "Skip the menu and go to the main text.",
        "Also in the Courier",
        "The Courier on social media",
    ),
    "Heidebote": (
        "Zum Text springen, am Menü vorbei",
        "Weitere Berichte im Heidebote",
        "Der Heidebote in sozialen Netzen",
    ),
    "Le Phare": (
        "Passer le menu et aller au contenu",
        "À lire aussi dans Le Phare",
        "Le Phare sur les réseaux sociaux",
    ),
    "El Faro": ("Saltar el menú e ir al contenido", "También en El Faro", "El Faro en las redes sociales"),
    "潮騒新聞": ("メニューを飛ばして本文へ", "潮騒新聞のほかの記事", "潮騒新聞の公式SNS"),
}


def framed(name, form):
    skip, related, social = NAMED[name]
    links = "".join(f"<li><a href=/{count}>Bakery number {count} moves house</a></li>" for count in range(4))
    after = {
        "paragraphs": f"<p>{related}</p><p>{social}</p>",
        "headings and lists": f"<h2>{related}</h2><ul>{links}</ul><h2>{social}</h2><ul>{links}</ul>",
        "headings": f"<h3>{related}</h3><h3>{social}</h3>",
    }[form]
    text = "".join(f"<p>{line}</p>" for line in STORY)
    head = f"<head><meta charset=utf-8><title>{TITLE} - {name}</title></head>"
    return f"<html>{head}<body><div><p>{skip}</p><h1>{TITLE}</h1>{text}{after}</div></body></html>".encode()


@pytest.mark.parametrize("form", ["paragraphs", "headings and lists", "headings"])
@pytest.mark.parametrize("name", NAMED)
def test_a_papers_notices_around_an_article_are_no_part_of_it(name, form):
    result = extract_html(framed(name, form), URL)
    assert result.title == TITLE
    assert result.text.split("\n") == STORY
