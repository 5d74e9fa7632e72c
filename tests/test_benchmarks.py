"""The harness of the benchmarks: what a figure says, what counts as worse, the page that is made of figures."""

import json

import pytest

from benchmarks import __main__ as harness
from benchmarks.figures import Figure, figure_of, interval, is_worse, ratio
from benchmarks.page import page
from benchmarks.scoring import f1, overlap, same, same_names


def figure(value, low, high, better="higher", name="pages a second"):
    return Figure("fetching", name, value, "ratio", better, low, high)


@pytest.mark.parametrize(
    "better, now, worse",
    [
        ("higher", (0.4, 0.3, 0.49), True),
        ("higher", (0.4, 0.3, 0.51), False),  # the intervals touch
        ("higher", (0.9, 0.8, 1.0), False),
        ("lower", (0.4, 0.3, 0.49), False),
        ("lower", (0.9, 0.8, 1.0), True),
        ("", (0.4, 0.3, 0.49), False),
    ],
)
def test_worse_is_an_interval_wholly_on_the_worse_side(better, now, worse):
    stored = figure(0.6, 0.5, 0.7, better)
    assert is_worse(figure(*now, better), stored) is worse


def test_a_figure_without_an_interval_is_never_worse():
    assert not is_worse(Figure("a", "b", 9.0, "ms", "lower"), Figure("a", "b", 1.0, "ms", "lower"))


def test_a_ratio_is_the_median_of_pairs_and_lies_in_its_interval():
    found = ratio("a", "b", [(1.0, 2.0), (3.0, 4.0), (9.0, 10.0), (1.0, 0.0)], better="lower")
    assert found.value == 0.75
    assert found.low <= found.value <= found.high
    assert interval([2.0] * 9, max) == (2.0, 2.0)


def test_a_figure_comes_back_from_its_file_though_the_file_knows_more():
    first = figure(1.0, 0.9, 1.1)
    assert figure_of(json.loads(json.dumps(first.as_json())) | {"unheard": 1}) == first


def test_the_comparison_names_what_is_worse_and_nothing_else(monkeypatch, tmp_path):
    monkeypatch.setattr(harness, "STORED", tmp_path / "stored.json")
    kept = [figure(0.6, 0.5, 0.7), figure(0.6, 0.5, 0.7, name="other")]
    harness.STORED.write_text(json.dumps({"day": "today", "figures": [each.as_json() for each in kept]}))
    (line,) = harness.worse([figure(0.4, 0.3, 0.45), figure(0.6, 0.5, 0.7, name="other"), figure(0, 0, 0, name="new")])
    assert "pages a second" in line
    assert "0.600" in line


def test_parts_that_are_not_measured_again_stay_on_the_page(monkeypatch, tmp_path):
    monkeypatch.setattr(harness, "STORED", tmp_path / "stored.json")
    monkeypatch.setattr(harness, "DOCS", tmp_path)
    monkeypatch.setattr(harness, "plotted", lambda *_: {"a.svg": "a picture"})
    harness.write([figure(0.6, 0.5, 0.7)], "1 May 2026")
    harness.write([Figure("planning", "a plan", 22.0, "ms")], "2 May 2026")
    text = (tmp_path / "benchmarks.md").read_text()
    assert text.index("pages a second") < text.index("a plan")  # in the order of the parts
    assert "0.600 [0.500, 0.700]" in text
    assert "22.0 ms" in text
    assert "![a picture](pictures/a.svg)" in text


def test_the_page_is_the_same_for_the_same_figures():
    figures = [figure(0.6, 0.5, 0.7)]
    assert page(figures, "today", {}) == page(figures, "today", {})


def test_f1_of_a_text_with_itself_is_one_and_with_another_nothing():
    text = "The ferry leaves the quay at nine and comes back at noon"
    assert f1([overlap(text, text)]) == 1
    assert f1([overlap(text, "Nobody knows where the old lighthouse keeper went")]) == 0
    assert overlap("", "") == (0, 0, 0)


def test_precision_and_recall_are_means_over_pages():
    # six shingles of the answer, all found, and two more: P 6/8, R 1; a page with nothing found counts for R alone
    pages = [overlap("a b c d e f g h i", "a b c d e f g h i j k"), overlap("p q r s", "")]
    precision, recall = 6 / 8, (1 + 0) / 2
    assert f1(pages) == pytest.approx(2 * precision * recall / (precision + recall))


def test_scripts_without_spaces_are_compared_by_characters():
    both, extra, missed = overlap("港の船が出る", "港の船が出")
    assert (round(both * 3), extra, round(missed * 3)) == (2, 0, 1)


def test_titles_and_names_are_compared_in_any_case_and_order():
    assert same("The  Ferry", "the ferry")
    assert not same("The ferry", "The ferries")
    assert same_names(["Ann Lee", "Bo"], ["bo", "ANN LEE"])
    assert not same_names(["Ann Lee"], [])
