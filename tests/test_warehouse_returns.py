"""What comes back after it was gone, and whether that was an edit."""

from warehousing import DAY, HOUR, NOW, TEXT, article, ask, gone, loaded, opened

from broadsheet.warehouse.statements import scripts


def test_an_article_that_comes_back_unchanged_has_returned_and_was_not_edited(tmp_path):
    days = [article("a"), gone("a", NOW + DAY), article("a", NOW + 2 * DAY)]
    days += [gone("a", NOW + 3 * DAY), article("a", NOW + 4 * DAY, title="Another bridge is closed")]
    with opened(tmp_path / "data") as house:
        for number, row in enumerate(days):
            loaded(house, tmp_path, [row], name=f"run-{number}", at=NOW + number * DAY + HOUR)
        kinds = ask(house, "select change_kind from mart.article_history order by number")
    assert kinds == [("first",), ("gone",), ("returned",), ("gone",), ("substantive",)]


def test_migration_14_names_returns_that_counted_as_minor_and_nothing_else(tmp_path):
    (renamed,) = (each for each in scripts("migrations") if each.name == "0014_returned")
    texts = [TEXT, TEXT, TEXT.replace("pillar", "pilar"), TEXT]
    with opened(tmp_path / "data") as house:
        for number, text in enumerate(texts):
            loaded(house, tmp_path, [article("a", NOW + number * DAY, text=text)], name=f"run-{number}")
        loaded(house, tmp_path, [gone("a", NOW + 4 * DAY)], name="run-4")
        loaded(house, tmp_path, [article("a", NOW + 5 * DAY)], name="run-5")
        loaded(house, tmp_path, [gone("a", NOW + 6 * DAY)], name="run-6")
        loaded(house, tmp_path, [article("a", NOW + 7 * DAY, text=texts[2])], name="run-7")
        asked = "select change_kind from core.article_version order by number"
        now = [("first",), ("minor",), ("minor",), ("gone",), ("returned",), ("gone",), ("minor",)]
        assert ask(house, asked) == now
        ask(house, "update core.article_version set change_kind = 'minor' where change_kind = 'returned'")
        ask(house, renamed.text)
        assert ask(house, asked) == now
