import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.jsonld import Graph, documents, listed, text_of, types

ARTICLE = {"@type": "NewsArticle", "headline": "Tide"}


@pytest.mark.parametrize(
    "block",
    [
        json.dumps(ARTICLE),
        json.dumps([ARTICLE]),
        json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"}, ARTICLE]}),
        json.dumps({"@type": "WebPage", "name": "x", "mainEntity": ARTICLE}),
        f"<!-- {json.dumps(ARTICLE)} -->",
        f"//<![CDATA[\n{json.dumps(ARTICLE)}\n//]]>",
        json.dumps(ARTICLE) + ";",
        json.dumps({"@type": "Organization", "name": "x"}) + json.dumps(ARTICLE),
        '{"@type": "NewsArticle", "headline": "Tide",}',
        '{"@type": "NewsArticle", "headline": "Tide", "description": "It\\\'s"}',
        '{"@type": "NewsArticle", "headline": "Tide", "description": "line\nbreak\ttab"}',
        '{"@type": "NewsArticle", "headline": "Tide", "author": [{"name": "A"',
        '{"@type": "NewsArticle", "headline": "Tide", "description": "cut in mid-str',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;Tide&quot;}",
    ],
)
def test_an_article_is_found_in_every_wrapping_and_after_every_repair(block):
    found = [node for node in Graph([block]).roots if "NewsArticle" in types(node)]
    assert [node["headline"] for node in found] == ["Tide"]


def test_what_cannot_be_repaired_is_skipped_and_the_next_block_is_read():
    assert Graph(["{nonsense", json.dumps(ARTICLE)]).roots == [ARTICLE]


def test_nodes_inside_an_article_do_not_describe_the_page():
    node = {
        **ARTICLE,
        "author": {"@type": "Person", "name": "A"},
        "hasPart": [{"@type": "NewsArticle", "headline": "B"}],
    }
    assert [root["headline"] for root in Graph([json.dumps(node)]).roots] == ["Tide"]


def test_references_are_resolved_across_blocks_and_circles_end():
    blocks = [
        json.dumps({**ARTICLE, "@id": "#a", "author": {"@id": "#p"}}),
        json.dumps({"@graph": [{"@id": "#p", "@type": "Person", "name": "Ada Lane", "worksFor": {"@id": "#a"}}]}),
    ]
    graph = Graph(blocks)
    assert graph.resolved({"@id": "#p"})["name"] == "Ada Lane"
    assert graph.resolved({"@id": "#nobody"}) == {"@id": "#nobody"}


def test_types_lose_their_vocabulary():
    assert types({"@type": ["http://schema.org/NewsArticle", "schema:Thing", 3]}) == ("NewsArticle", "Thing")


def test_values_are_lists_of_one_and_texts_of_nodes():
    assert listed(None) == []
    assert listed("a") == ["a"]
    assert listed({"@list": ["a", ["b"]]}) == ["a", "b"]
    assert text_of({"name": " A "}, "name") == "A"
    assert text_of([{"@value": "B"}], "name") == "B"
    assert text_of(3) == ""


@pytest.mark.parametrize(
    "block",
    [
        "[" * 300_000,
        "[" * 50_000 + "]" * 50_000,
        '{"a":' * 50_000,
        '"' * 199_999,
        '{"a": 1' + ", " * 90_000,
        '{"a": "' + "x\\" * 90_000,
        '{"a": [' + '{"b": "c\\q"},' * 14_000,
        "{} " * 300_000,
        '{"a": ' + "9" * 100_000 + "}",
        "-->" * 60_000,
    ],
)
def test_hostile_blocks_take_bounded_time(block):
    start = time.process_time()
    Graph([block])
    assert time.process_time() - start < 3


@settings(deadline=None)
@given(st.lists(st.text(alphabet='{}[]",:\\ab1 \n@type', max_size=60), max_size=4))
def test_no_text_makes_it_raise(blocks):
    graph = Graph(blocks)
    assert all(isinstance(node, dict) for node in graph.roots)


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=8),
        lambda v: (
            st.lists(v, max_size=3)
            | st.dictionaries(st.sampled_from(["@type", "@id", "@graph", "name", "a"]), v, max_size=3)
        ),
        max_leaves=12,
    )
)
def test_valid_json_is_read_as_it_is(value):
    assert list(documents([json.dumps(value)])) == [value]


@pytest.mark.parametrize(
    "stated, expected",
    [
        (r"half \ud83d a pair", "half  a pair"),
        (r"a pair \ud83d\ude00", "a pair 😀"),
        (r"\ude00\ud83d\ud83d\ude00", "😀"),
        (r"\u0000NUL\u001f \u000b", "NUL"),
        (r"no escape \\ud83d, \\\\u0000", r"no escape \ud83d, \\u0000"),
        (r"lines\u000a\u0009", "lines"),
    ],
)
def test_escapes_of_what_is_no_character_are_left_out(stated, expected):
    (document,) = documents([f'{{"headline": "{stated}"}}'])
    assert text_of(document["headline"]) == expected
