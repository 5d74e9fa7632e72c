"""Words as they are compared, and the language of queries."""
# ruff: noqa: RUF001 - letters of many scripts are the point

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.search.excerpts import excerpt, marked
from broadsheet.search.patterns import pattern
from broadsheet.search.query import BadQuery, Phrase, parsed, phrases
from broadsheet.search.words import folded, placed, words


@pytest.mark.parametrize(
    "printed, told",
    [
        ("Müller’s Straße", ["muller", "s", "strasse"]),
        ("Łódź, Ørsted; Ærø", ["lodz", "orsted", "aero"]),
        ("cafe\u0301 CAFÉ", ["cafe", "cafe"]),
        ("Ёлка и Καλημέρα ΣΟΦΟΣ σοφός", ["елка", "и", "καλημερα", "σοφοσ", "σοφοσ"]),
        ("ＡＢＣ１２", ["abc12"]),
        ("大阪の橋", ["大", "阪", "の", "橋"]),
        ("ガス ｶﾞｽ", ["ガ", "ス", "ガ", "ス"]),
        ("서울에서", ["서", "울", "에", "서"]),
        ("ภาษาไทย", ["ภ", "า", "ษ", "า", "ไ", "ท", "ย"]),
        ("ที่นี่", ["ที่", "นี่"]),
        ("हिन्दी समाचार", ["हिन्दी", "समाचार"]),
        ("مُحَمَّد محمد", ["محمد", "محمد"]),
        ("İstanbul ISPARTA", ["istanbul", "isparta"]),
        ("3.14 covid-19 R&D snake_case", ["3", "14", "covid", "19", "r", "d", "snake", "case"]),
        ("— … !? 🎉", []),
    ],
)
def test_words_are_folded_in_every_script(printed, told):
    assert words(printed) == told


@given(st.text())
def test_folding_twice_is_folding_once_and_places_lie_in_the_text(text):
    assert [folded(each) for each in words(text)] == words(text)
    assert all(0 <= start < end <= len(text) for _, start, end in placed(text))


@pytest.mark.parametrize(
    "query, told",
    [
        ("storm", [("storm",)]),
        ('"port authority"', [("port", "authority")]),
        ("“port authority”", [("port", "authority")]),
        ("anti-war", [("anti", "war")]),
        ("storm -insurance", [("storm",)]),
        ("storm NOT insurance", [("storm",)]),
        ("storm AND flood", [("storm",), ("flood",)]),
        ("storm or flood", [("storm",), ("or",), ("flood",)]),
        ("https://paper.test/a", [("https", "paper", "test", "a")]),
        ("at 10:30 & later", [("at",), ("10", "30"), ("later",)]),
        ("大阪", [("大", "阪")]),
    ],
)
def test_a_query_looks_for(query, told):
    assert [each.words for each in phrases(parsed(query))] == told


def test_a_field_holds_for_what_follows_it_at_once():
    first, second, third = phrases(parsed('title:(storm "port authority") flood'))
    assert (first.fields, second.fields, third.fields) == (("title",), ("title",), ("title", "text", "description"))
    assert parsed("headline:storm") == parsed("title:storm") == parsed("storm", ["title"])
    assert parsed("elect*") == Phrase(("elect",), ("title", "text", "description"), prefix=True)


@pytest.mark.parametrize(
    "query, told",
    [
        ("", "no word to look for"),
        ("&&", "no word to look for"),
        ("(storm", "at character 1 of '(storm': a bracket that is not closed"),
        ("storm)", "at character 6 of 'storm)': a bracket that closes nothing"),
        ('storm "port', "at character 7 of 'storm \"port': a quotation mark that has no other"),
        ("OR storm", "OR stands between two parts"),
        ("storm OR", "OR stands between two parts"),
        ("titel:storm", "did you mean title?"),
        ("title: storm", "follows the colon at once: title:storm"),
        ("title:", "follows the colon at once"),
        ("st*rm", "`*` stands at the end of a word"),
        ("*", "`*` stands at the end of a word"),
        ("NOT", "something is to follow here"),
        ("(" * 60 + "a" + ")" * 60, "more than 50 brackets"),
        ("-" * 5000 + "a", "marks in a row"),
        ("NOT " * 5000 + "a", "marks in a row"),
        ("title:" * 5000 + "a", "marks in a row"),
    ],
)
def test_a_query_that_means_nothing_says_where_and_what_to_do(query, told):
    with pytest.raises(BadQuery, match=r".") as raised:
        parsed(query)
    assert told in str(raised.value)


@given(st.text())
def test_any_text_is_a_query_or_a_bad_one(text):
    try:
        found = parsed(text)
    except BadQuery:
        return
    assert isinstance(pattern(found), str)


@given(st.text(alphabet='abc "()-:*ORtitle', max_size=40))
def test_any_row_of_marks_is_a_query_or_a_bad_one(text):
    try:
        parsed(text)
    except BadQuery:
        return


def test_an_excerpt_shows_the_place_where_most_is_found_and_marks_it():
    before, after = "The storm came. " + "Nothing of note. " * 40, "The end. " * 40
    text = f"{before}A storm hit the Port\nAuthority’s crane. {after}"
    found = excerpt(text, list(phrases(parsed('storm "port authority"'))))
    assert [found.text[a:b] for a, b in found.marks] == ["storm", "Port Authority"]
    assert (found.text[:2], found.text[-2:]) == ("… ", " …")
    assert len(found.text) < 300


def test_marks_of_overlapping_phrases_are_one():
    found = marked("大阪の橋", phrases(parsed("大阪 阪の")))
    assert found.marks == ((0, 3),)


def test_without_a_mark_an_excerpt_is_the_beginning():
    assert excerpt("One two.", []).text == "One two."
    assert excerpt("word " * 100, []).text.startswith("word word")
