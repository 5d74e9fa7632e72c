"""Parts of a tree taken out while the engine reads, and put back (extractors/set_aside.py, extractors/generic.py)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml.html import HtmlElement, document_fromstring
from trafilatura.core import ESCALATION_MAX_LENGTH
from trafilatura.settings import MANUALLY_CLEANED, Extractor

from broadsheet.model import Page, SiteRules
from extractors import generic
from extractors.generic import MEASURED, RESCUED, UNMEASURED, UNREAD, engine_text
from extractors.page import ParsedPage, parse_page
from extractors.set_aside import set_aside

TAGS = ("nav", "aside", "figure")
SENTENCE = "The council of the harbour town met on Tuesday evening and spoke about the price of bread for hours. "
NODES = st.recursive(
    st.text(alphabet="ab \n", max_size=4),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from((*TAGS, "div", "b")),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


def written(tree: HtmlElement) -> bytes:
    return etree.tostring(tree)


def paper(paragraphs: int, head: str = "", around: str = "") -> ParsedPage:
    text = "".join(f"<p>{at}. {SENTENCE * 3}</p>" for at in range(paragraphs))
    html = (
        f"<html><head><title>x</title>{head}</head><body>{around}<article><h1>Bread</h1>{text}</article></body></html>"
    )
    return parse_page(Page(html.encode(), "https://paper.test/1", None, None), SiteRules())


@settings(deadline=None)
@given(NODES)
def test_a_tree_is_afterwards_as_it_was(body: str) -> None:
    tree = document_fromstring(f"<html><body>{body}<p>x</p></body></html>")
    before = written(tree)
    with set_aside(tree, TAGS):
        assert next(tree.iter("nav", "aside"), None) is None
    assert written(tree) == before


def test_a_tree_is_as_it_was_after_an_error_too() -> None:
    tree = document_fromstring("<div>a<nav>b</nav>c<nav>d<nav>e</nav>f</nav>g</div>")
    before = written(tree)
    with pytest.raises(LookupError), set_aside(tree, TAGS):
        raise LookupError
    assert written(tree) == before


def test_the_text_behind_what_is_taken_out_stays() -> None:
    tree = document_fromstring("<div>a<nav>b</nav>c<b>d</b>e<aside>f</aside>g</div>")
    with set_aside(tree, TAGS):
        assert b"<body><div>ac<b>d</b>eg</div></body>" in written(tree)


def test_a_figure_with_a_table_stays() -> None:
    tree = document_fromstring("<div><figure><table><tr><td>1</td></tr></table></figure><figure>b</figure></div>")
    with set_aside(tree, TAGS):
        assert b"<div><figure><table><tr><td>1</td></tr></table></figure></div>" in written(tree)


@pytest.mark.parametrize("paragraphs", [0, 1, 4, 12, 30])
@pytest.mark.parametrize("running", [0, 100_000])
def test_what_the_page_seems_to_hold_never_changes_the_answer(paragraphs: int, running: int) -> None:
    menu = f"<nav>{SENTENCE}</nav><aside><p>{SENTENCE * 9}</p></aside><footer>{SENTENCE}</footer>"
    parsed = paper(paragraphs, around=menu)
    assert parsed.tree is not None
    whole = generic._answer(parsed.tree, thorough=False)
    assert engine_text(parsed, thorough=False, running=running) == whole


def test_the_bounds_are_those_of_the_engine_with_room_to_spare() -> None:
    assert set(UNMEASURED) <= set(UNREAD) <= set(MANUALLY_CLEANED)
    assert MEASURED >= ESCALATION_MAX_LENGTH + ESCALATION_MAX_LENGTH // 10
    assert 1.1 * Extractor().min_extracted_size <= RESCUED


def test_a_body_that_only_json_ld_has_is_found_though_the_head_is_set_aside() -> None:
    body = f'<script type="application/ld+json">{{"articleBody": "{SENTENCE * 5}"}}</script>'
    assert SENTENCE.strip() in engine_text(paper(0, head=body), thorough=False, running=0)
