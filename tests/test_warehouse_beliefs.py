"""What we knew then stays known, also of articles that turned out to be one."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warehousing import DAY, HOUR, NOW, article, ask, errors, gone, loaded, opened, url


def published(house, when, known=None):
    """URL and headline of what was published then, as known at another instant, or now."""
    instants = [f"timestamptz '{each}'" for each in (when, known) if each]
    return ask(house, f"select url, title from mart.as_of({', '.join(instants)}) order by all")


def test_what_was_known_of_two_articles_is_known_after_they_are_merged(tmp_path):
    with opened(tmp_path / "data") as house:
        loaded(house, tmp_path, [article("a", NOW, title="A")], name="run-0", at=NOW + HOUR)
        loaded(house, tmp_path, [article("b", NOW + DAY, title="B")], name="run-1", at=NOW + DAY + HOUR)
        when = NOW + 2 * DAY
        two = [(url("a"), "A"), (url("b"), "B")]
        assert published(house, when, when) == two
        merging = article("b", NOW + 3 * DAY, title="B", canonical="a", page="other")
        loaded(house, tmp_path, [merging], name="run-2", at=NOW + 3 * DAY + HOUR)
        assert published(house, when, when) == two
        assert len(published(house, when)) == 1
        assert errors(house) == {}


def test_an_article_is_timed_once_from_its_first_capture_at_whichever_url(tmp_path):
    with opened(tmp_path / "data") as house:
        first = article("a", canonical="b")
        loaded(house, tmp_path, [first, article("a", title="Another", canonical="b", warc_offset=9)])
        at_its_own = article("b", NOW + HOUR, canonical="b", page="own")
        loaded(house, tmp_path, [at_its_own], name="run-2", at=NOW + 2 * HOUR)
        asked = "select articles, timed, median_minutes_to_capture, median_minutes_to_load from mart.latency"
        assert ask(house, asked) == [(1, 1, 120, 120)]


def test_days_count_edits_and_neither_returns_nor_what_is_unsure(tmp_path):
    with opened(tmp_path / "data") as house:
        rows = [article(name, title=f"Title {name}", warc_offset=place) for place, name in enumerate("abc")]
        loaded(house, tmp_path, rows)
        later = [gone("a", NOW + HOUR), article("b", NOW + HOUR, title="Title other", version="2", warc_offset=7)]
        loaded(house, tmp_path, [*later, article("c", NOW + HOUR, title="Third", warc_offset=8)], name="run-2")
        loaded(house, tmp_path, [article("a", NOW + 2 * HOUR, title="Title a")], name="run-3")
        kinds = ask(house, "select change_kind from core.article_version where change_kind <> 'first' order by all")
        assert kinds == [("gone",), ("returned",), ("substantive",), ("unsure",)]
        assert ask(house, "select articles, edited from mart.daily_counts") == [(3, 1)]


CAPTURES = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.sampled_from("abc"),
        st.sampled_from(["alpha", "beta", "gone"]),
        st.sampled_from([None, "a", "b", "c"]),
    ),
    min_size=2,
    max_size=5,
    unique_by=lambda capture: capture[0],
)


@pytest.mark.heavy
@pytest.mark.timeout(600)
@settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
@given(story=CAPTURES)
def test_an_answer_once_given_is_given_again_whoever_asks_for_what_was_known_then(tmp_path_factory, story):
    folder = tmp_path_factory.mktemp("beliefs")
    given_then = {}
    with opened(folder / "data") as house:
        for number, (hour, name, edition, canonical) in enumerate(story):
            at = NOW + hour * HOUR
            title = f"Edition {edition}"
            row = gone(name, at) if edition == "gone" else article(name, at, title=title, canonical=canonical)
            known = NOW + DAY + number * HOUR
            loaded(house, folder, [row | {"warc_offset": number}], name=f"run-{number}", at=known)
            for when in (NOW + place * HOUR for place in range(11)):
                given_then[when, known] = sorted(title for _, title in published(house, when))
        for (when, known), titles in given_then.items():
            assert sorted(title for _, title in published(house, when, known)) == titles, (when, known)
        assert errors(house) == {}


def test_an_article_and_its_absence_at_one_instant_and_two_sources_are_settled_alike_in_any_order(tmp_path):
    rows = [article("a", NOW + HOUR, source="paper"), gone("a", NOW + HOUR), article("a", NOW, source="wire")]
    told = set()
    for number, order in enumerate((rows, rows[::-1], [rows[1], rows[2], rows[0]])):
        with opened(tmp_path / f"data-{number}") as house:
            for place, each in enumerate(order):
                part = [each | {"warc_offset": place}]
                loaded(house, tmp_path, part, name=f"run-{number}-{place}", at=NOW + DAY)
            told.add((house.content_digest(), *ask(house, "select class, source from raw.url")))
    assert [each[1:] for each in told] == [(("article", "wire"),)]
