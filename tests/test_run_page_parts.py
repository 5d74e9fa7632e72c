"""What a run's page in the Prefect UI says, as values: summary, failures, health, progress."""

from datetime import UTC, datetime

import pytest

from broadsheet.warehouse import RunFacts
from flows.markdown import escaped, link, table
from flows.report import RunReport
from flows.run_tables import failures, health
from flows.summary import summary
from flows.told import path, seconds, tally

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def report(**more):
    given = {
        "run_id": "r", "kind": "ingest", "ledger": {"paper": {"new": 5, "rejected": 2}}, "adopted": 0, "busy": (),
        "known": 0, "changed_rows": 9, "warnings": (), "published": True, "seconds": 75.0,
    }  # fmt: skip
    return RunReport(**given | more)


def failure(name, **more):
    given = {
        "outcome": "rejected", "reason": "gallery", "source": "paper", "url": f"https://paper.test/{name}",
        "detail": "", "tries": 1, "seconds": 0.5, "attempted_at": NOON, "of_all": 1,
    }  # fmt: skip
    return given | more


def usual(outcome, attempts, runs=7):
    return {"source": "paper", "outcome": outcome, "attempts": attempts, "runs": runs}


def lines(text):
    return text.splitlines()


def test_the_summary_holds_each_source_against_its_usual_run():
    facts = RunFacts(usual=(usual("new", 4.5), usual("edited", 1), usual("rejected", 0)), usual_seconds=0.25)
    told = summary(report(), facts)
    assert lines(told)[0] == "**attempted 7 = 5 new + 2 rejected.**"
    assert "It took 1.2 min (usual: 250 ms). The read copy is renewed." in told
    assert "| source | attempted | new | edited | rejected |" in told
    assert "| paper | 7 (5.5) | 5 (4.5) | 0 (1) | 2 (0) |" in told
    assert "In brackets: the median of the last 7 run(s)" in told


def test_the_first_run_of_a_source_has_no_brackets():
    told = summary(report(), RunFacts())
    assert "| paper | 7 | 5 | 2 |" in told
    assert "brackets" not in told
    assert "usual" not in told


def test_a_run_with_nothing_to_do_says_so_in_two_lines():
    told = summary(report(ledger={}, changed_rows=0, published=False), RunFacts(endpoints=3))
    assert told == (
        "**attempted 0. Nothing new: no row of an article changed.**\n\n"
        "3 endpoint(s) asked, 0 new URL(s) named. It took 1.2 min. The read copy stays as it was."
    )


def test_the_summary_names_news_reasons_endpoints_and_hosts_with_links():
    facts = RunFacts(
        news=(
            {
                "outcome": "new", "source": "paper", "url": "https://paper.test/a", "title": "A [bold] *move*",
                "published_at": NOON, "word_count": 9, "of_all": 12,
            },
        ),
        reasons=(
            {
                "source": "paper", "outcome": "rejected", "reason": "text_too_short", "attempts": 2,
                "example": "https://paper.test/b",
            },
        ),
        unread_endpoints=(
            {
                "source": "paper", "url": "https://paper.test/feed", "kind": "feed", "status": 503,
                "reason": "server_error", "detail": "HTTP 503",
            },
        ),
        slow_hosts=({"host": "paper.test", "requests": 7, "seconds": 0.5, "longest": 3.0, "usual_seconds": None},),
        failures=(failure("b"),),
    )  # fmt: skip
    told = summary(report(), facts)
    assert r"| new | paper | [A \[bold\] \*move\*](<https://paper.test/a>) | 2026-03-14 12:00 |" in told
    assert "And 11 more new." in told
    assert r"| paper | rejected | text\_too\_short | 2 | [/b](<https://paper.test/b>) |" in told
    assert r"| paper | [https://paper.test/feed](<https://paper.test/feed>) | server\_error | HTTP 503 |" in told
    assert "| paper.test | 7 | 500 ms | 3.0 s | - |" in told


def test_what_failed_a_run_and_what_is_only_reported_stand_on_top():
    told = summary(report(failed=("check ledger: 1 row(s)",), warnings=("check silent: 2 row(s)",)), RunFacts())
    assert lines(told)[4:7] == ["- **failed:** check ledger: 1 row(s)", "", "- check silent: 2 row(s)"]


def test_failures_are_a_table_with_the_first_as_links_above_it():
    facts = RunFacts(failures=tuple(failure(f"p{n}", of_all=300, detail="x\ny " * 99) for n in range(12)))
    made = failures(facts)
    assert lines(made.description)[0] == (
        "**300 page(s) brought no article.** The first 12 are here; `mart.attempts` has all."
    )
    assert made.description.count("](<https://paper.test/p") == 10
    assert made.rows[0] | {"detail": ""} == {
        "outcome": "rejected", "reason": "gallery", "source": "paper", "url": "https://paper.test/p0", "detail": "",
        "tries": 1, "seconds": 0.5,
    }  # fmt: skip
    assert len(made.rows[0]["detail"]) == 120


def test_a_run_without_failures_says_so():
    assert failures(RunFacts()).description == "No page failed in this run."


def test_health_counts_who_is_not_well():
    one, other = ({"source": name, "state": state, "last_new_at": NOON} for name, state in ("as", "bo"))
    made = health(RunFacts(health=({"source": "a", "state": "silent", "last_new_at": NOON},)))
    assert made.description == "**1 of 1 source(s) are not well.**"
    assert made.rows == [{"source": "a", "state": "silent", "last_new_at": "2026-03-14 12:00"}]
    assert health(RunFacts(health=(one | {"state": "ok"}, other | {"state": "ok"}))).description == (
        "**Every source is well.**"
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "![x](http://evil.test/p.png)",
        "[x](javascript:alert)",
        "a | b",
        "`x`\n# y",
        "~~z~~",
    ],
)
def test_nothing_that_a_page_says_is_markup(hostile):
    told = escaped(hostile)
    assert "\n" not in told
    unescaped = [
        each for before, each in zip(" " + told, told, strict=False) if each in "<>![]|`#*_~" and before != "\\"
    ]
    assert unescaped == []


def test_only_addresses_of_the_web_become_links():
    assert link("x", "https://a.test/") == "[x](<https://a.test/>)"
    assert link("x", "javascript:alert(1)") == "x"
    assert link("x", "https://a.test/> <b") == "x"
    assert link("x", "urn:broadsheet:broken-record:a:0") == "x"


def test_long_cells_are_cut():
    assert escaped("x" * 101) == "x" * 100 + "…"


def test_numbers_are_set_to_the_right():
    assert lines(table(["a", "n#"], [("x", 1)])) == ["| a | n |", "| --- | ---: |", "| x | 1 |"]


def test_values_as_people_read_them():
    assert [seconds(each) for each in (None, 0.25, 3.14, 150)] == ["-", "250 ms", "3.1 s", "2.5 min"]
    assert tally({"a": 1, "b": 3, "c": 0, "d": 1}) == "3 b, 1 a, 1 d"
    assert tally({}) == "none"
    assert [path(each) for each in ("https://a.test/b?c", "https://a.test", "urn:x")] == ["/b?c", "/", "urn:x"]


def test_progress_never_falls_and_ends_short_of_the_whole_until_the_run_does():
    from flows.progress_page import Shown

    said = []

    class Inner:
        def stage(self, *stage):
            said.append(stage)

        def advance(self, count=1):
            said.append(count)

    shown = Shown(Inner())
    percents = []
    for name, total, unit, steps in (
        ("discover", 4, "endpoints", 4), ("discover", 2, "endpoints", 1), ("fetch", 0, "pages", 0),
        ("fetch", 3, "pages", 2), ("extract", 3, "pages", 5),
    ):  # fmt: skip
        shown.stage(name, total, unit)
        for _ in range(steps):
            shown.advance()
        percents.append((shown.percent, shown.line()))
    assert percents == [
        (10, "discover: 4 of 4 endpoints"), (10, "discover: 1 of 2 endpoints"), (10, "fetch: 0 of 0 pages"),
        (50, "fetch: 2 of 3 pages"), (95, "extract: 5 of 3 pages"),
    ]  # fmt: skip
    assert said[:2] == [("discover", 4, "endpoints"), 1]


@pytest.mark.parametrize("batches", [0, 1, 20, 99, 100, 101, 250, 4000])
def test_however_many_batches_there_are_a_run_has_fewer_than_two_hundred_tasks(batches):
    from flows.conclude import groups

    found = list(groups(range(batches)))
    extracts = [share for group in found for share in group]
    assert [batch for share in extracts for batch in share] == list(range(batches))
    others = 1 + 1 + 64 + 1 + 1  # discover, plan, the most fetch tasks that may be set, cluster, publish
    assert len(extracts) + len(found) + others < 200
