"""Weblogs and small papers: nothing of a post is lost, and what stands beside it does not come along."""

import pytest
import weblogs

from broadsheet.model import Page, SiteRules
from extractors.extract import extract

PAGES = {
    "wordpress": weblogs.wordpress(),
    "blogger": weblogs.blogger(),
    "typo3": weblogs.typo3(),
    "local paper": weblogs.local_paper(),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_post_is_read_line_by_line_and_nothing_else_is(page):
    read = extract(Page(page.html.encode(), "https://mill.example/2021/05/the-mill"), SiteRules())
    assert [line.removeprefix("- ") for line in read.text.split("\n")] == page.lines
    assert not [other for other in page.others if other in read.text]
    assert read.page_kind == "article"
