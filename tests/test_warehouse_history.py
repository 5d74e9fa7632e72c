"""History: recorded editions of one article, on both axes of time; kinds of change; what came and what went."""

import gzip
import json
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warehousing import DAY, HOUR, NOW, TEXT, article, ask, batch, errors, gone, loaded, opened, run

from broadsheet.stages import earlier_file

TYPO = TEXT.replace("pillar", "pilar")
NOTE = TEXT + "\nCorrection: it was the fourth pillar, not the third."
EDIT = NOTE + "\nIt will open again in spring, the mayor said on Friday."
CREDIT = "\nRead by other rules, a line of furniture stays in the text."


@pytest.fixture
def house(tmp_path):
    with opened(tmp_path / "data") as warehouse:
        yield warehouse


def load_with_earlier(house, folder, rows, earlier, *, name, at):
    """Load rows as a run whose rules had changed: `earlier` are the captures before, read again by them."""
    this = run(name, "warc", at)
    house.begin_run(this)
    stage = batch(folder, rows, f"{name}-batch")
    with gzip.open(earlier_file(Path(stage.path)), "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(each) + "\n" for each in earlier)
    outcomes = house.load(stage, this, at)
    house.end_run(name, "completed", at)
    return outcomes


def recorded(house, folder):
    """Eight days of one article, each loaded an hour after its capture; a capture of the third day comes last."""
    days = [
        article("a", NOW, text=TYPO),
        article("a", NOW + 1 * DAY),
        article("a", NOW + 2 * DAY, title="Bridge may fall"),
        article("a", NOW + 3 * DAY, title="Bridge may fall", text=NOTE),
        article("a", NOW + 4 * DAY, title="Bridge may fall", text=NOTE, page="navigation"),
        article("a", NOW + 5 * DAY, title="Bridge may fall", text=NOTE + CREDIT, version="2", page="navigation"),
    ]
    days[5] |= {"payload_digest": days[4]["payload_digest"]}
    for number, row in enumerate(days):
        loaded(house, folder, [row], name=f"run-{number}", at=NOW + number * DAY + HOUR)
    before = article("a", NOW + 5 * DAY, title="Bridge may fall", text=NOTE, version="3", page="navigation")
    before |= {"payload_digest": days[4]["payload_digest"]}
    edit = article("a", NOW + 6 * DAY, title="Bridge may fall", text=EDIT, version="3")
    load_with_earlier(house, folder, [edit], [before], name="run-6", at=NOW + 6 * DAY + HOUR)
    loaded(house, folder, [gone("a", NOW + 7 * DAY)], name="run-7", at=NOW + 7 * DAY + HOUR)
    late = article("a", NOW + 2 * DAY - 6 * HOUR, title="Bridge may fall", page="late")
    loaded(house, folder, [late], name="run-8", at=NOW + 8 * DAY + HOUR)


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """The recorded editions, loaded once for the tests that only ask."""
    folder = tmp_path_factory.mktemp("story")
    with opened(folder / "data") as warehouse:
        recorded(warehouse, folder)
        yield warehouse


def test_recorded_editions_give_the_versions_that_the_publisher_made(story):
    assert ask(story, "select number, change_kind, valid_from, valid_to from mart.article_history order by number") == [
        (1, "first", NOW, NOW + DAY),
        (2, "minor", NOW + DAY, NOW + 2 * DAY - 6 * HOUR),
        (3, "substantive", NOW + 2 * DAY - 6 * HOUR, NOW + 3 * DAY),
        (4, "substantive", NOW + 3 * DAY, NOW + 6 * DAY),
        (5, "substantive", NOW + 6 * DAY, NOW + 7 * DAY),
        (6, "gone", NOW + 7 * DAY, None),
    ]
    assert errors(story) == {}


def test_each_change_says_which_sentences_came_and_went(story):
    changes = ask(story, "select change_kind, title_changed, removed, added from mart.article_changes order by number")
    assert changes == [
        ("minor", False, ["Workers found a crack in the third pilar, the city said."],
         ["Workers found a crack in the third pillar, the city said."]),
        ("substantive", True, [], []),
        ("substantive", False, [], ["Correction: it was the fourth pillar, not the third."]),
        ("substantive", False, [], ["It will open again in spring, the mayor said on Friday."]),
        ("gone", False, [], []),
    ]  # fmt: skip
    titles = ask(story, "select earlier_title, title from mart.article_changes where title_changed")
    assert titles == [("Bridge closed", "Bridge may fall")]


def as_of(house, published, known):
    asked = f"select title, text from mart.as_of(timestamptz '{published}', timestamptz '{known}')"
    return ask(house, asked)


@pytest.mark.parametrize(
    "published, known, expected",
    [
        (0, 24, ("Bridge closed", TYPO)),
        (23, 24, ("Bridge closed", TYPO)),
        (24, 24, ("Bridge closed", TYPO)),  # the second day's capture is loaded an hour later
        (24, 25, ("Bridge closed", TEXT)),
        (44, 60, ("Bridge closed", TEXT)),  # nobody knew of the late capture yet
        (44, 193, ("Bridge may fall", TEXT)),
        (50, 60, ("Bridge may fall", TEXT)),
        (100, 120, ("Bridge may fall", NOTE)),
        (150, 160, ("Bridge may fall", EDIT)),
        (150, 500, ("Bridge may fall", EDIT)),
        (170, 168, ("Bridge may fall", EDIT)),  # gone already, and not known to be
        (170, 170, None),
        (-1, 500, None),
        (10, 0, None),
    ],
)
def test_what_was_published_and_what_we_knew_can_be_asked_for_any_instant(story, published, known, expected):
    found = as_of(story, NOW + published * HOUR, NOW + known * HOUR)
    assert found == ([expected] if expected else [])


MENDED = [
    ("The recieved goods were late.", "The received goods were late.", "minor"),
    ("They said the the bridge is safe.", "They said the bridge is safe.", "minor"),
    ("The bridge, they said, is safe", "The bridge they said is safe.", "minor"),
    ("Its owner left.", "It's owner left.", "minor"),
    ("12 people were hurt.", "21 people were hurt.", "substantive"),
    ("Mr Miller was arrested.", "Mr Smith was arrested.", "substantive"),
    ("He said it was true.", "He admitted it was true.", "substantive"),
    ("The goverment fell.", "The government fell.", "minor"),
    ("He re-opened the café.", "He reopened the cafe.", "minor"),
    ("橋は、閉鎖された。", "橋は閉鎖された。", "minor"),
    ("コンピュータが壊れた。", "コンピューターが壊れた。", "minor"),
    ("被告は有罪とされた。", "被告は無罪とされた。", "substantive"),
    ("He is guilty of the theft.", "He is not guilty of the theft.", "substantive"),
    ("It cost five million euros.", "It cost five billion euros.", "substantive"),
    ("It cost €5.", "It cost $5.", "substantive"),
    ("It grew by 1.5 percent.", "It grew by 15 percent.", "substantive"),
    ("Er bekam sechzehn Stimmen.", "Er bekam sechzig Stimmen.", "substantive"),
    ("Iran fired the missile.", "Iraq fired the missile.", "substantive"),
    ("It reopens on Monday.", "It reopens on Sunday.", "substantive"),
    ("It reopens on Tuesday.", "It reopens on Thursday.", "substantive"),
    ("It reopens in June.", "It reopens in July.", "substantive"),
    ("Two men were killed.", "Two women were killed.", "substantive"),
    ("The sale is legal.", "The sale is illegal.", "substantive"),
    ("It was usual.", "It was unusual.", "substantive"),
    ("She can come.", "She can't come.", "substantive"),
    ("The police shot the man.", "The man shot the police.", "substantive"),
    ("The officer was shot.", "The officers were shot.", "substantive"),
    ("The employer sued.", "The employee sued.", "substantive"),
    ("Johnson met Johnston. Johnson left.", "Johnson met Johnston. Johnston left.", "substantive"),
    ("死者は三人だった。", "死者は五人だった。", "substantive"),
    ("She is safe.", "She is safe. Police are looking for witnesses.", "substantive"),
]


@pytest.fixture(scope="module")
def mended(tmp_path_factory):
    """Every article of `MENDED`, before and after."""
    folder = tmp_path_factory.mktemp("mended")
    with opened(folder / "data") as warehouse:
        for number, at in enumerate((NOW, NOW + DAY)):
            rows = [
                article(f"m{place}", at, text=f"{TEXT}\n{pair[number]}", warc_offset=place)
                for place, pair in enumerate(MENDED)
            ]
            loaded(warehouse, folder, rows, name=f"run-{number}")
        yield warehouse


@pytest.mark.parametrize("place", range(len(MENDED)), ids=lambda place: MENDED[place][1])
def test_minor_is_a_slip_of_the_keys_or_typography_and_touches_no_fact(mended, place):
    kinds = ask(mended, f"select change_kind from mart.article_history where url like '%/m{place}' order by number")
    assert kinds == [("first",), (MENDED[place][2],)]


@pytest.mark.parametrize(
    "before, after",
    [
        ("Dog bites man", "Man bites dog"),
        ("Iran hits port", "Iraq hits port"),
        ("Bank loses a million", "Bank loses a billion"),
    ],
)
def test_other_news_in_a_headline_is_substantive(house, tmp_path, before, after):
    for number, title in enumerate((before, after)):
        loaded(house, tmp_path, [article("a", NOW + number * DAY, title=title)], name=f"run-{number}")
    assert ask(house, "select change_kind from mart.article_history where number = 2") == [("substantive",)]


def test_a_typo_in_the_headline_is_minor_and_another_word_is_not(house, tmp_path):
    for number, title in enumerate(("Brigde closed", "Bridge closed", "Bridge is closed")):
        loaded(house, tmp_path, [article("a", NOW + number * DAY, title=title)], name=f"run-{number}")
    kinds = ask(house, "select change_kind from mart.article_history order by number")
    assert kinds == [("first",), ("minor",), ("substantive",)]


def furnished(house, folder, count, line):
    """`count` articles with texts of their own; two days later all show `line` below."""
    texts = [f"Story number {number} tells of something that no other story of the paper tells." for number in range(9)]
    first = [article(f"t{n}", text=texts[n], title=f"Title {n}", warc_offset=n) for n in range(count)]
    again = [
        article(f"t{n}", NOW + 2 * DAY + n * HOUR, text=f"{texts[n]}\n{line}", title=f"Title {n}", warc_offset=99 + n)
        for n in range(count)
    ]
    loaded(house, folder, first)
    for number, row in enumerate(again):
        loaded(house, folder, [row], name=f"again-{number}", at=NOW + 3 * DAY)


@pytest.mark.parametrize("count, kind", [(4, "substantive"), (5, "template"), (9, "template")])
def test_a_line_that_comes_to_many_articles_at_once_is_furniture(house, tmp_path, count, kind):
    furnished(house, tmp_path, count, "Sign up for our newsletter and never miss a story again.")
    kinds = ask(house, "select distinct change_kind from mart.article_changes")
    assert kinds == [(kind,)]
    assert ask(house, "select distinct change_kind from core.article_version where number = 2") == [("substantive",)]


def test_an_edit_that_comes_with_new_furniture_stays_an_edit(house, tmp_path):
    line = "Sign up for our newsletter and never miss a story again."
    furnished(house, tmp_path, 6, line)
    loaded(house, tmp_path, [article("a")], name="run-a")
    edited = article("a", NOW + 2 * DAY, text=f"{EDIT}\n{line}")
    loaded(house, tmp_path, [edited], name="run-b", at=NOW + 3 * DAY)
    assert ask(house, "select change_kind from mart.article_changes where url like '%/a'") == [("substantive",)]


def test_a_notice_that_stands_below_a_few_of_the_edited_articles_stays_substantive(house, tmp_path):
    furnished(house, tmp_path, 5, "This article was corrected.")
    others = [article(f"o{n}", title=f"Other {n}", text=f"{TEXT} {n}", warc_offset=n) for n in range(6)]
    loaded(house, tmp_path, others, name="run-o")
    edits = [
        article(f"o{n}", NOW + 2 * DAY, title=f"Other {n}", text=f"{TEXT} {n}\nAnd more of {n}.", warc_offset=50 + n)
        for n in range(6)
    ]
    loaded(house, tmp_path, edits, name="run-p", at=NOW + 3 * DAY)
    assert ask(house, "select distinct change_kind from mart.article_changes") == [("substantive",)]


EDITIONS = {name: article("a", title=f"Edition {name}") for name in "xyz"}
captures = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from([*EDITIONS, "gone"])),
    min_size=1,
    max_size=7,
    unique_by=lambda c: c[0],
)


def known_then(story, published, known):
    """What the captures loaded by then say was published: the last one's edition, None if it was gone or none was."""
    seen = [(hour, edition) for load, (hour, edition) in enumerate(story) if load <= known and hour <= published]
    articles = [hour for load, (hour, edition) in enumerate(story) if load <= known and edition != "gone"]
    last = max(seen, default=None)
    if not articles or last is None or last[1] == "gone":
        return []
    return [(f"Edition {last[1]}",)]


@pytest.mark.heavy
@pytest.mark.timeout(900)
@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(story=captures)
def test_any_order_of_captures_answers_any_two_instants(tmp_path_factory, story):
    folder = tmp_path_factory.mktemp("story")
    with opened(folder / "data") as house:
        for number, (hour, edition) in enumerate(story):
            at = NOW + hour * HOUR
            row = gone("a", at) if edition == "gone" else article("a", at, title=f"Edition {edition}")
            loaded(house, folder, [row], name=f"run-{number}", at=NOW + DAY + number * HOUR)
        for published in range(-1, 14):
            for known in range(len(story)):
                asked = as_of(house, NOW + published * HOUR, NOW + DAY + known * HOUR + timedelta(minutes=1))
                assert [each[:1] for each in asked] == known_then(story, published, known), (published, known)
        assert errors(house) == {}
