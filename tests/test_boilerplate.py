"""Lines that recur over a site's articles: what is learned, what never is, and what it takes out of a text."""

import random
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

import press
from broadsheet.model import Page, Reading, SiteRules
from extractors import extract
from extractors.body import Body
from extractors.boilerplate import is_boilerplate, learned, normalised, without_boilerplate

DAY = date(2026, 3, 14)
PAPERS = sorted({entry.source for entry in press.ledger(1)})
FEW = 3  # articles: what recurs in fewer is not learned


def reading(number, *lines, dropped=(), day=DAY, title=None, url=None):
    """A reading of article `number`: two paragraphs of its own and the lines given."""
    own = (f"The {word(number)} bridge was closed.", f"It opens again in {word(number)}, the city says.")
    address = url or f"https://paper.test/{number}"
    return Reading(str(number), address, day, day, title or f"Bridge {word(number)}", (*own, *lines), tuple(dropped))


def word(number):
    """A number as letters: 12 is `bc`."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def lines_of(rules):
    return [rule.line for rule in rules]


def ripe(rules):
    return [rule.line for rule in rules if rule.ripe]


def test_a_line_in_a_text_or_taken_out_of_it_is_learned_with_its_days_share_and_an_example():
    pages = [reading(n, "Also in The Paper", day=DAY + timedelta(n)) for n in range(6)]
    pages += [reading(n, dropped=["Also in The Paper"], day=DAY + timedelta(n)) for n in (6, 7)]
    pages += [reading(n) for n in (8, 9)]
    (rule,) = learned(pages)
    assert (rule.line, rule.articles, rule.share, rule.ripe) == ("also in the paper", 8, 0.8, True)
    assert (rule.first_day, rule.last_day) == (DAY, DAY + timedelta(7))
    assert rule.example_url == "https://paper.test/0"


def test_no_line_of_an_article_is_learned():
    assert learned([reading(n) for n in range(100)]) == ()


def test_a_line_that_recurs_within_one_article_alone_is_not_learned():
    assert learned([reading(1, "Advertisement", "Advertisement", "Advertisement"), reading(2), reading(3)]) == ()


def test_urls_versions_and_copies_of_an_article_count_once():
    urls = [reading(1, "Read on", url=f"https://paper.test/1?page={n}") for n in range(9)]
    versions = [replace(reading(1, "Read on", f"Version {word(n)}"), article="1") for n in range(9)]
    copies = [replace(reading(1, "Read on"), article=f"copy {n}") for n in range(9)]
    assert learned(urls + versions + copies) == ()


def test_an_articles_own_headline_is_not_learned_from_it():
    assert learned([reading(n, "Weather for today", title="Weather for today") for n in range(9)]) == ()


def test_numbers_are_folded_but_not_in_table_rows():
    pages = [reading(n, f"{n} min read", f"Goals | {n}") for n in range(9)]
    assert lines_of(learned(pages)) == ["# min read"]
    assert normalised("- 1,234 Comments") == "# comments"


def test_a_series_introduction_is_a_candidate_and_not_ripe():
    pages = [reading(n, "This article is part of our series on rivers.") for n in range(8)]
    pages += [reading(n) for n in range(8, 24)]
    rules = learned(pages)
    assert (lines_of(rules), ripe(rules)) == (["this article is part of our series on rivers."], [])


def test_on_a_site_of_five_articles_only_what_all_have_is_ripe():
    pages = [reading(n, "Follow us") for n in range(5)]
    pages = [
        replace(page, lines=(*page.lines, "A word from our sponsor")) if n < 4 else page for n, page in enumerate(pages)
    ]
    rules = learned(pages)
    assert (lines_of(rules), ripe(rules)) == (["a word from our sponsor", "follow us"], ["follow us"])


def test_on_a_large_site_what_is_in_few_of_its_articles_is_no_candidate():
    pages = [reading(n, *(["Jo Bell covers the port."] if n < 9 else [])) for n in range(1000)]
    assert learned(pages) == ()
    assert lines_of(learned(pages[:900])) == ["jo bell covers the port."]


def test_a_redesign_is_learned_by_its_share_of_its_own_days():
    old = [reading(n, dropped=["Old box"], day=DAY + timedelta(n % 60)) for n in range(300)]
    new = [reading(n, dropped=["New box"], day=DAY + timedelta(60 + n % 10)) for n in range(300, 340)]
    assert ripe(learned(old + new)) == ["new box", "old box"]


def test_what_is_on_every_page_of_a_day_and_gone_soon_is_not_ripe():
    pages = [reading(n, day=DAY + timedelta(n // 30)) for n in range(300)]
    most_read = [replace(p, dropped=(f"Most read {word(n // 30)}",)) for n, p in enumerate(pages)]
    rules = learned(most_read)
    assert len(rules) == 10
    assert ripe(rules) == []


def test_a_line_too_short_to_stand_alone_is_learned_with_the_line_beside_it():
    pages = [reading(n, "Share this story", "X", "FB") for n in range(9)]
    rules = learned(pages)
    assert lines_of(rules) == ["share this story", "share this story\nx\nfb"]
    text = "AP\nX\nA paragraph.\nShare this story\nX\nFB"
    assert without_boilerplate(Body(text), lines_of(rules)).text == "AP\nX\nA paragraph."


def test_table_rows_are_never_ripe():
    rules = learned([reading(n, "Team | Points") for n in range(30)])
    assert (lines_of(rules), ripe(rules)) == (["team | points"], [])


def test_what_a_rule_names_leaves_the_text_and_stays_as_evidence():
    body = Body("First.\n- Also in  The Paper\nWe were also in The Paper.\n4 min read")
    left = without_boilerplate(body, ("# min read", "also in the paper"))
    assert left.text == "First.\nWe were also in The Paper."
    assert [(line.text, line.reason) for line in left.dropped] == [
        ("Also in  The Paper", "learned boilerplate"),
        ("4 min read", "learned boilerplate"),
    ]


def test_without_rules_a_body_is_the_same():
    body = Body("First.\nSecond.")
    assert without_boilerplate(body, ()) is body


PAGES = st.builds(
    lambda number, lines, dropped, day, title: reading(
        number, *lines, dropped=dropped, day=DAY + timedelta(day), title=title
    ),
    st.integers(0, 12),
    st.lists(st.sampled_from(["Share", "X", "Follow us", "3 min read", "4 min read", "A | B"]), max_size=4),
    st.lists(st.sampled_from(["Share", "Most read", "X"]), max_size=2),
    st.integers(0, 9),
    st.sampled_from(["Share", "A headline"]),
)


@given(st.lists(PAGES, max_size=40), st.randoms(use_true_random=False))
def test_the_order_of_the_pages_and_pages_told_twice_make_no_difference(pages, chance):
    shuffled = [*pages, *pages[:5]]
    chance.shuffle(shuffled)
    assert learned(shuffled) == learned(pages)


@given(st.lists(PAGES, max_size=40), PAGES)
def test_another_article_takes_no_article_from_a_line(pages, page):
    before = {rule.line: rule for rule in learned(pages)}
    for rule in learned([*pages, replace(page, article="another", lines=("Only here.", *page.lines))]):
        if rule.line in before:
            assert rule.articles >= before[rule.line].articles
            assert rule.first_day <= before[rule.line].first_day
            assert rule.last_day >= before[rule.line].last_day


@given(st.lists(PAGES, max_size=40))
def test_what_is_learned_is_in_so_many_articles_and_its_share_is_a_part(pages):
    for rule in learned(pages):
        first, *_ = rule.line.split("\n")
        having = {p.article for p in pages if first in {normalised(line) for line in (*p.lines, *p.dropped)}}
        assert FEW <= rule.articles <= len(having)
        assert 0 < rule.share <= 1


@given(
    st.lists(st.sampled_from(["A.", "b", "- c", "4 d", ""]), max_size=12), st.sets(st.sampled_from(["a.", "c", "b\nc"]))
)
def test_taking_lines_out_keeps_the_others_in_order_and_loses_none(lines, rules):
    left = without_boilerplate(Body("\n".join(lines)), rules)
    kept = left.text.split("\n") if left.text else []
    rest = iter(lines)
    assert all(line in rest for line in kept)
    assert not any(is_boilerplate(line, rules) for line in kept)


# ── On the press ────────────────────────────────────────────────────────────────────────────────────────────────────
# What of a paper's furniture can be seen at all: the lines that stand in a text or were taken out of one. Menus, side
# columns and footers that the engine never took for text are in neither, so nothing needs to be learned about them.


def press_readings(paper):
    entries = [each for each in press.ledger(1) if each.source == paper and each.outcome == "article"]
    return [_press_reading(entry) for entry in entries]


def _press_reading(entry):
    parts = urlsplit(entry.url)
    answer = press.answer(1, parts.hostname, parts.path)
    read = extract(Page(answer.body, entry.url, answer.header("Content-Type")), SiteRules())
    day = press.NOW[1].date()
    dropped = tuple(line.text for line in read.dropped)
    return Reading(entry.url, entry.url, day, day, read.title, tuple(read.text.split("\n")), dropped)


@pytest.fixture(scope="module", params=PAPERS)
def paper(request):
    return request.param, press_readings(request.param)


def seen_in(readings):
    """Each line that the pipeline sees, as rules write it, with the articles it is in; own headlines left out."""
    seen = {}
    for each in readings:
        own = normalised(each.title)
        for line in {normalised(line.strip()) for line in (*each.lines, *each.dropped)} - {own, ""}:
            seen.setdefault(line, set()).add(each.article)
    return seen


def test_every_line_of_furniture_that_recurs_is_learned(paper):
    source, readings = paper
    furniture = {normalised(line) for line in press.furniture(source)}
    recurring = {line for line, having in seen_in(readings).items() if len(having) >= FEW and line in furniture}
    assert len(recurring) > 3, "the paper shows furniture to the pipeline"
    assert recurring - set(lines_of(learned(readings))) == set()


def test_no_line_of_a_presss_article_is_learned(paper):
    source, readings = paper
    rules = lines_of(learned(readings))
    for edition in press.NOW:
        for entry in press.ledger(edition):
            if entry.source == source and entry.outcome == "article":
                lines = "\n".join(block.text for block in entry.blocks)
                assert without_boilerplate(Body(lines), rules).text == lines, entry.url


def test_shuffling_the_presss_articles_gives_the_same_rules(paper):
    _, readings = paper
    rules = learned(readings)
    for seed in range(5):
        assert learned(random.Random(seed).sample(readings, len(readings))) == rules
