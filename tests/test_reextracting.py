"""Re-extraction in the warehouse: new readings beside the old, what differs, promotion and its way back."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warehousing import HOUR, NOW, TEXT, article, ask, batch, errors, gone, loaded, opened, rejected, unchanged, url

from broadsheet.errors import WarehouseError
from broadsheet.model import Reason
from broadsheet.warehouse import promoting, reextracting
from broadsheet.warehouse.clusters import gather
from broadsheet.warehouse.reextracting import Selection

LATER = NOW + timedelta(days=1)
CAPTION = "\nPhoto: Ann Lee."


def page(number):
    """What stands for the bytes of a page, and where they are kept."""
    return {"payload_digest": f"sha256:{number}", "warc_offset": 500 * number}


def old(name, number=0, **more):
    """A page as yesterday's rules read it: with a caption in its text."""
    return article(name, NOW + number * HOUR, **{"text": TEXT + CAPTION} | page(number) | more)


def new(name, number=0, **more):
    """The same page as today's rules read it."""
    return article(name, NOW + number * HOUR, **{"version": "2"} | page(number) | more)


def begun(warehouse, **more):
    return reextracting.begin(warehouse, Selection(**more), "rules", who="ann", now=LATER)


def read(warehouse, folder, number, rows):
    """Read all pages of a re-extraction as the rows say."""
    pages = reextracting.pending(warehouse, number, 1000)
    wanted = {(each.url_id, each.captured_at.isoformat()) for each in pages}
    found = [each for each in rows if (each["url_id"], each["captured_at"]) in wanted]
    made = batch(folder, found, f"reextract-{number}-{len(pages)}") if found else None
    reextracting.keep(warehouse, number, made, pages, LATER)
    reextracting.finish(warehouse, number, now=LATER)
    return number


def digest(warehouse):
    gather(warehouse.session, now=LATER)
    return warehouse.content_digest()


def promoted(warehouse, number, *sources):
    return promoting.promote(warehouse, promoting.Order(number, "ann", "better", sources), now=LATER)


def taken_back(warehouse, number, *sources):
    return promoting.rollback(warehouse, promoting.Order(number, "ann", "worse", sources), now=LATER)


def differences(warehouse, field):
    return ask(
        warehouse,
        "select url, before_value, after_value from mart.reextraction_diff "
        f"where field = '{field}' order by captured_at, url",
    )


def kinds(warehouse):
    return ask(warehouse, "select change_kind, title from core.article_version order by article_id, number")


def test_new_readings_stand_beside_the_old_and_every_field_that_differs_is_a_row(tmp_path):
    with opened(tmp_path / "data") as warehouse:
        loaded(warehouse, tmp_path, [old("a"), old("b", 1), rejected("c", "gallery", NOW, **page(2))])
        before = digest(warehouse)
        rows = [new("a", title="Bridge shut"), new("b", 1), rejected("c", "gallery", NOW, **page(2))]
        number = read(warehouse, tmp_path, begun(warehouse), rows)
        assert digest(warehouse) == before
        assert differences(warehouse, "title") == [(url("a"), "Bridge closed", "Bridge shut")]
        assert differences(warehouse, "text") == [(url(each), TEXT + CAPTION, TEXT) for each in "ab"]
        assert differences(warehouse, "authors") == differences(warehouse, "outcome") == []
        said = ask(warehouse, "select before_locator, after_raw from mart.reextraction_diff where field = 'title'")
        assert said == [("headline", "Bridge shut")]
        assert errors(warehouse) == {}
        assert number == 1


def test_promotion_is_as_if_all_had_been_read_so_at_first_and_rollback_as_if_nothing_had_been(tmp_path):
    news = {"title": "Bridge open", "text": TEXT + "\nIt is open again."}
    was = [old("a"), old("a", 1, **news, page="x"), rejected("c", "gallery", NOW, **page(2)), old("d", 3, title="D")]
    now = [
        new("a"),
        new("a", 1, **news),
        new("c", **page(2), title="C"),
        rejected("d", "listing", NOW + 3 * HOUR, **page(3)),
    ]
    with opened(tmp_path / "fresh") as warehouse:
        loaded(warehouse, tmp_path, now, name="fresh")
        fresh = digest(warehouse)
    with opened(tmp_path / "data") as warehouse:
        loaded(warehouse, tmp_path, was)
        before = digest(warehouse)
        number = read(warehouse, tmp_path, begun(warehouse), now)
        assert promoted(warehouse, number).moved == 4
        assert digest(warehouse) == fresh
        assert errors(warehouse) == {}
        assert promoted(warehouse, number).moved == 0
        assert taken_back(warehouse, number).moved == 4
        assert digest(warehouse) == before
        assert errors(warehouse) == {}
        assert promoted(warehouse, number).moved == 4
        assert digest(warehouse) == fresh
        steps = ask(warehouse, "select step, who, why, moved from ops.reextraction_step order by load_id")
    assert steps == [("promote", "ann", "better", 4), ("rollback", "ann", "worse", 4), ("promote", "ann", "better", 4)]


def test_rules_that_changed_are_no_edit_though_one_page_alone_is_promoted(tmp_path):
    with opened(tmp_path / "data") as warehouse:
        loaded(warehouse, tmp_path, [old("a"), old("a", 1, title="Bridge open"), old("a", 2, title="Bridge open")])
        number = begun(warehouse, since=NOW + HOUR, until=NOW + 2 * HOUR)
        assert len(reextracting.pending(warehouse, number, 9)) == 2
        read(warehouse, tmp_path, number, [new("a"), new("a", 1, title="Bridge open")])
        before = kinds(warehouse)
        assert promoted(warehouse, number).moved == 1
        assert kinds(warehouse) == before == [("first", "Bridge closed"), ("substantive", "Bridge open")]


def test_the_page_before_that_is_not_kept_any_more_hides_no_edit(tmp_path):
    with opened(tmp_path / "data") as warehouse:
        loaded(warehouse, tmp_path, [old("a"), old("a", 1, title="Bridge open")])
        read(warehouse, tmp_path, begun(warehouse), [new("a", 1, title="Bridge open")])
        promoted(warehouse, 1)
        assert [kind for kind, _ in kinds(warehouse)] == ["first", "substantive"]


def test_the_same_rules_have_nothing_to_promote(tmp_path):
    with opened(tmp_path / "data") as warehouse:
        loaded(warehouse, tmp_path, [old("a"), rejected("c", "gallery", NOW, **page(2))])
        before, rows = digest(warehouse), ask(warehouse, "from core.article_version")
        read(warehouse, tmp_path, begun(warehouse), [old("a"), rejected("c", "gallery", NOW, **page(2))])
        assert promoted(warehouse, 1).moved == 0
        assert (digest(warehouse), ask(warehouse, "from core.article_version")) == (before, rows)
        assert ask(warehouse, "from mart.reextraction_diff") == []


def test_what_failed_or_is_not_kept_is_never_promoted(tmp_path):
    with opened(tmp_path / "data") as warehouse:
        loaded(warehouse, tmp_path, [old("a"), old("b", 1)])
        before = digest(warehouse)
        read(warehouse, tmp_path, begun(warehouse), [rejected("a", "internal_error", NOW, **page(0))])
        assert promoted(warehouse, 1).moved == 0
        states = ask(warehouse, "select after_state, after_reason from core.rereading order by captured_at")
        assert states == [("failed", "internal_error"), ("not_kept", None)]
        assert digest(warehouse) == before


def test_one_source_is_promoted_and_taken_back_by_itself(tmp_path):
    with opened(tmp_path / "data") as warehouse:
        loaded(warehouse, tmp_path, [old("a"), old("b", 1, source="herald")])
        before = digest(warehouse)
        read(warehouse, tmp_path, begun(warehouse), [new("a"), new("b", 1, source="herald")])
        promoted(warehouse, 1, "herald")
        texts = "select source, text like '%Photo%' from core.article order by source"
        assert ask(warehouse, texts) == [("herald", False), ("paper", True)]
        assert taken_back(warehouse, 1, "paper").moved == 0
        assert taken_back(warehouse, 1, "herald").moved == 1
        assert digest(warehouse) == before


def test_a_page_that_was_loaded_otherwise_since_is_left_as_it_is(tmp_path):
    with opened(tmp_path / "data") as warehouse:
        loaded(warehouse, tmp_path, [old("a")])
        read(warehouse, tmp_path, begun(warehouse), [new("a")])
        read(warehouse, tmp_path, reextracting.begin(warehouse, Selection(), "other", who="bob", now=LATER), [
            new("a", version="3", title="Third")
        ])  # fmt: skip
        assert promoted(warehouse, 2).moved == 1
        step = promoted(warehouse, 1)
        assert (step.moved, step.skipped) == (0, 1)
        assert ask(warehouse, "select title from core.article") == [("Third",)]


def test_the_same_call_goes_on_and_other_rules_begin_anew(tmp_path):
    with opened(tmp_path / "data") as warehouse:
        loaded(warehouse, tmp_path, [old("a"), old("b", 1)])
        number = begun(warehouse)
        pages = reextracting.pending(warehouse, number, 1)
        reextracting.keep(warehouse, number, batch(tmp_path, [new("a")], "first"), pages, LATER)
        assert begun(warehouse) == number
        assert [each.url for each in reextracting.pending(warehouse, number, 9)] == [url("b")]
        with pytest.raises(WarehouseError, match="pages left to read"):
            promoted(warehouse, number)
        assert reextracting.begin(warehouse, Selection(), "other", who="ann", now=LATER) == 2


def test_pages_are_selected_by_source_time_version_reason_and_url(tmp_path):
    with opened(tmp_path / "data") as warehouse:
        rows = [old("a"), old("b", 1, source="herald"), new("c", 2), rejected("d", "gallery", NOW, **page(3))]
        loaded(
            warehouse,
            tmp_path,
            [*rows, rejected("e", "listing", NOW, **page(4)), gone("f"), unchanged("a", LATER) | {"warc_offset": 9000}],
        )
        urls = dict(ask(warehouse, "select url, url_id from raw.url"))

        def meant(**more):
            return sum(pages for *_, pages in reextracting.count(warehouse, Selection(**more)))

        assert meant() == 5
        assert meant(sources=("herald",)) == 1
        assert meant(since=NOW + HOUR) == 2
        assert meant(until=NOW + HOUR) == 3
        assert meant(versions=("1",)) == 2
        assert meant(reasons=(Reason.GALLERY,)) == 1
        assert meant(url_ids=(urls[url("a")], urls[url("d")])) == 2
        assert meant(url_ids=()) == 0
        with pytest.raises(WarehouseError, match="no kept page is selected"):
            begun(warehouse, sources=("nobody",))


def test_an_article_that_is_withdrawn_comes_back_under_its_id_and_what_was_captured_since_stays(tmp_path):
    with opened(tmp_path / "data") as warehouse:
        loaded(warehouse, tmp_path, [old("a"), old("a-print", 1, canonical="a"), old("b", 2, title="B")])
        ids = ask(warehouse, "select article_id, url from core.article order by url")
        rejections = [rejected(n, "listing", NOW + at * HOUR, **page(at)) for at, n in enumerate(["a", "a-print", "b"])]
        read(warehouse, tmp_path, begun(warehouse), rejections)
        assert promoted(warehouse, 1).moved == 3
        assert ask(warehouse, "from core.article") == ask(warehouse, "from core.article_url") == []
        assert ask(warehouse, "select class, reason, count(*) from raw.url group by all") == [
            ("rejected", "listing", 3)
        ]
        assert errors(warehouse) == {}
        loaded(warehouse, tmp_path, [old("b", 9, title="B again")], name="run-2", at=NOW + 9 * HOUR)
        taken_back(warehouse, 1)
        assert ask(warehouse, "select article_id, url from core.article order by url") == ids
        assert ask(warehouse, "select number, title from core.article_version where title like 'B %'") == [
            (2, "B again")
        ]
        assert errors(warehouse) == {}


PAGES = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(["article", "listing", "gallery"]),
        st.sampled_from(["article", "listing", "gallery"]),
        st.integers(1, 3),
    ),
    min_size=1,
    max_size=7,
)


def outcome(kind, name, at, text, version):
    """How rules of a version read a page: as an article, or as none."""
    where = {**page(at), "warc_offset": 500 * at}
    if kind != "article":
        return rejected(name, kind, NOW + at * HOUR, **where)
    canonical = {"c": "b"}.get(name)
    return article(
        name, NOW + at * HOUR, title=f"{name} {text}", text=f"{TEXT} {version} {text}", version=version,
        canonical=canonical, **where,
    )  # fmt: skip


def promotes_and_returns(folder, drawn, cut):
    """Promotion leaves what a fresh reading would, rollback what was; also of the pages from `cut` on alone."""
    was = [outcome(before, name, at, text, "1") for at, (name, before, _, text) in enumerate(drawn)]
    now = [outcome(after, name, at, text, "2") for at, (name, _, after, text) in enumerate(drawn)]
    with opened(folder / "fresh") as warehouse:
        loaded(warehouse, folder, now, name="fresh")
        fresh = digest(warehouse)
    with opened(folder / "data") as warehouse:
        loaded(warehouse, folder, was)
        before = digest(warehouse)
        read(warehouse, folder, begun(warehouse), now)
        promoted(warehouse, 1)
        assert (errors(warehouse), digest(warehouse)) == ({}, fresh)
        taken_back(warehouse, 1)
        assert (errors(warehouse), digest(warehouse)) == ({}, before)
        if cut < len(drawn):
            second = begun(warehouse, since=NOW + cut * HOUR)
            read(warehouse, folder, second, now)
            promoted(warehouse, second)
            assert errors(warehouse) == {}
            taken_back(warehouse, second)
            assert (errors(warehouse), digest(warehouse)) == ({}, before)


def test_pages_that_come_and_go_under_two_addresses_are_promoted_and_taken_back(tmp_path):
    drawn = [("b", "article", "listing", 1), ("c", "listing", "article", 1), ("a", "gallery", "article", 2)]
    promotes_and_returns(tmp_path, [*drawn, ("c", "article", "article", 2), ("a", "article", "gallery", 3)], 2)


@pytest.mark.heavy
@given(PAGES, st.integers(0, 6))
@settings(max_examples=4)
def test_whatever_rules_change_promotion_is_a_fresh_reading_and_rollback_undoes_it(tmp_path_factory, drawn, cut):
    promotes_and_returns(tmp_path_factory.mktemp("law"), drawn, cut)
