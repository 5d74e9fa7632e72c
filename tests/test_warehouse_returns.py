"""What comes back after it was gone, and whether that was an edit."""

from warehousing import DAY, HOUR, NOW, article, ask, gone, loaded, opened


def test_an_article_that_comes_back_unchanged_has_returned_and_was_not_edited(tmp_path):
    days = [article("a"), gone("a", NOW + DAY), article("a", NOW + 2 * DAY)]
    days += [gone("a", NOW + 3 * DAY), article("a", NOW + 4 * DAY, title="Another bridge is closed")]
    with opened(tmp_path / "data") as house:
        for number, row in enumerate(days):
            loaded(house, tmp_path, [row], name=f"run-{number}", at=NOW + number * DAY + HOUR)
        kinds = ask(house, "select change_kind from mart.article_history order by number")
    assert kinds == [("first",), ("gone",), ("returned",), ("gone",), ("substantive",)]
