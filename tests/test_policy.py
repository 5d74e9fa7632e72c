"""What is read, what is an article, what is tried again."""

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.model import Article, Extraction, FetchedPage, Outcome, PageKind, Reason, Rejection, Role
from broadsheet.policy import KINDS, LEAST_WORDS, accept, classify, content_hash, retry_later, word_weight

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
REASONS = Path(__file__).parent.parent / "docs/reference/reasons.md"
FLASH = "A lorry shed its load of apples on the ring road near Aldmoor early on Monday, police said; nobody was hurt."


def fetched(status: int | None = 200, *headers: tuple[str, str], **changes) -> FetchedPage:
    given_headers = headers or (("Content-Type", "text/html"),)
    url = "https://paper.test/a"
    return replace(FetchedPage(url, url, Role.PAGE, "paper", NOON, status, given_headers, b"<p>"), **changes)


def extraction(**changes) -> Extraction:
    return replace(Extraction("https://paper.test/a", "1", PageKind.ARTICLE, title="Apples", text=FLASH), **changes)


# ── Answers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_page_of_html_is_read():
    assert classify(fetched()) is None


@pytest.mark.parametrize(
    "media_type",
    ["text/html; charset=x", "TEXT/HTML", "application/xhtml+xml", "text/plain", "application/octet-stream", ""],
)
def test_what_may_be_html_is_read(media_type):
    assert classify(fetched(200, ("content-type", media_type))) is None


def test_an_answer_without_a_content_type_is_read():
    assert classify(fetched(200, ("Server", "x"))) is None


@pytest.mark.parametrize("media_type", ["image/jpeg", "application/pdf", "application/json", "application/rss+xml"])
def test_a_page_of_another_type_is_not_html_but_an_endpoint_is_read_whatever_it_says(media_type):
    assert classify(fetched(200, ("Content-Type", media_type))) == Rejection(Reason.NOT_HTML, media_type)
    assert classify(fetched(200, ("Content-Type", media_type), role=Role.ENDPOINT)) is None


@pytest.mark.parametrize(
    "status, outcome",
    [(304, Outcome.UNCHANGED), (404, Outcome.GONE), (410, Outcome.GONE)],
)
def test_unchanged_and_gone_are_outcomes(status, outcome):
    assert classify(fetched(status, body=b"")) == outcome


@pytest.mark.parametrize(
    "status, reason",
    [
        (204, Reason.EMPTY),
        (301, Reason.HTTP_ERROR),
        (400, Reason.HTTP_ERROR),
        (401, Reason.LOGIN_WALL),
        (402, Reason.PAY_WALL),
        (403, Reason.BLOCKED),
        (429, Reason.RATE_LIMITED),
        (451, Reason.BLOCKED),
        (500, Reason.SERVER_ERROR),
        (503, Reason.SERVER_ERROR),
        (599, Reason.SERVER_ERROR),
    ],
)
def test_every_other_status_is_a_rejection_that_names_it(status, reason):
    assert classify(fetched(status)) == Rejection(reason, f"HTTP {status}")


@pytest.mark.parametrize("status", [200, 202, 403, 405, 429, 503])
def test_a_challenge_is_a_block_whatever_its_status(status):
    verdict = classify(fetched(status, ("CF-Mitigated", "challenge")))
    assert verdict == Rejection(Reason.BLOCKED, f"HTTP {status} with a challenge")


def test_a_reason_that_fetching_found_stands():
    cut = fetched(200, reason=Reason.TRUNCATED, detail="412 of 9000 bytes")
    assert classify(cut) == Rejection(Reason.TRUNCATED, "412 of 9000 bytes")
    assert classify(fetched(None, reason=Reason.NOT_FOUND)) == Outcome.GONE
    assert classify(fetched(None)) == Rejection(Reason.CONNECTION_FAILED, "no answer")


def test_an_answer_without_a_body_is_empty():
    assert classify(fetched(body=b"")) == Rejection(Reason.EMPTY, "no body")


# ── Articles ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_news_flash_of_one_sentence_is_an_article():
    accepted = accept(extraction(), now=NOON)
    assert accepted == Article(extraction(), content_hash("Apples", FLASH))


@pytest.mark.parametrize("kind", [kind for kind in PageKind if kind != PageKind.ARTICLE])
def test_a_page_of_another_kind_is_rejected_with_the_evidence(kind):
    rejected = accept(extraction(page_kind=kind, kind_evidence="og:type"), now=NOON)
    assert rejected == Rejection(KINDS[kind], "og:type")


def test_each_kind_has_a_reason_of_its_own():
    assert len(set(KINDS.values())) == len(KINDS) == len(PageKind) - 1


@pytest.mark.parametrize("title", ["", " \n"])
def test_no_headline_no_article(title):
    assert accept(extraction(title=title), now=NOON) == Rejection(Reason.NO_TITLE)


@pytest.mark.parametrize("text", ["", "Read on in our app.", "… — !\n" * 30, "続きは有料会員のみ。"])
def test_a_text_of_a_few_words_is_too_short(text):
    assert accept(extraction(text=text), now=NOON).reason == Reason.TEXT_TOO_SHORT


@pytest.mark.parametrize(
    "text, words",
    [
        ("", 0),
        ("One, two - three.", 3),
        ("It's well-known", 2),
        ("東京で七日、橋が閉鎖された。", 6),
        ("กรุงเทพมหานคร", 6),
        ("हिन्दी में समाचार", 3),
        ("Der Autor: 山田太郎 (dpa)", 5),
        ("서울 뉴스", 2),
        ("أخبار اليوم", 2),
    ],
)
def test_length_is_measured_in_words_in_any_script(text, words):
    assert word_weight(text) == words


# ── Hashes ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.text(), st.text())
def test_white_space_and_composition_make_no_edit(title, text):
    spaced = re.sub(r" ", " \n\t ", text) + "  "
    assert content_hash(title, spaced) == content_hash(title, text)
    decomposed = unicodedata.normalize("NFD", text)
    assert content_hash(title, decomposed) == content_hash(title, text)


def test_a_new_headline_a_typo_and_a_moved_word_are_edits():
    hashes = {
        content_hash("Apples", "on the road"),
        content_hash("Pears", "on the road"),
        content_hash("Apples", "on the roads"),
        content_hash("Apples on", "the road"),
        content_hash("apples", "on the road"),
    }
    assert len(hashes) == 5


def test_the_hash_is_the_same_on_every_machine():
    known = "1590995e6d71e720"  # printf 'Apples\non the road' | sha256sum
    assert content_hash("Apples", "on  the road")[:16] == known


# ── Reasons ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def documented() -> dict[str, str]:
    row = re.compile(r"^\| `(\w+)` \| .+ \| (yes|no) \| .+ \|$", re.MULTILINE)
    rows = row.findall(REASONS.read_text(encoding="utf-8"))
    assert len(rows) == len(dict(rows)), "a reason is documented twice"
    return dict(rows)


def test_every_reason_is_documented_and_none_that_does_not_exist():
    assert documented().keys() == {reason.value for reason in Reason}


@pytest.mark.parametrize("reason", Reason)
def test_whether_a_reason_is_tried_again_is_documented_as_it_is(reason):
    assert documented()[reason] == ("yes" if retry_later(reason) else "no")


def test_the_documented_least_length_is_the_one_in_force():
    assert (
        f"Fewer than {LEAST_WORDS} words (of scripts without spaces: {2 * LEAST_WORDS} letters)" in REASONS.read_text()
    )
