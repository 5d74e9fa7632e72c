"""潮騒新聞 (Shiosai Shimbun): Japanese, tables and fonts, Shift_JIS, no metadata; section pages and a list of URLs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press.data import esc, filled, filled_file
from press.markup import Tags, body_html
from press.paper import comments, inserts, links, most_read, paper_of, related

if TYPE_CHECKING:
    from datetime import datetime

    from press.model import Picture, Story

NAME = "shiosai-shimbun"
FIGURE = (
    '<table border="0" align="center"><tr><td><img src="$src" width="320" height="213" alt="$caption"></td></tr>'
    '<tr><td><font size="1" color="#666666">$caption＝$credit</font></td></tr></table>'
)
COMMENT = '<p><font size="2">$name：$text</font></p>'
LINK = '<li><a href="$url">$title</a></li>'
RANKED = '<a href="$url">$title</a><br>'
FULL_WIDTH_SPACE = "\u3000"  # Japanese paragraphs are indented by one
TEXT = Tags(
    p=f'<p><font size="3">{FULL_WIDTH_SPACE}$text</font></p>',
    h='<h3><font size="3" color="#003366">$text</font></h3>',
    quote=f'<blockquote><font size="3">{FULL_WIDTH_SPACE}$text</font></blockquote>',
    table='<table border="1" cellpadding="4">$inside</table>',
    head_cell="<td><b>$text</b></td>",
)


def path(story: Story) -> str:
    """Where a story lives: /chiiki/20260314-03.html; its slug is the number after the date."""
    return f"/{story.section}/{story.slug}.html"


def page(story: Story, edition: int) -> str:
    """The page of a story."""
    main = filled_file(
        NAME, "article", edition,
        title=esc(story.title), section=paper_of(NAME).sections[story.section], section_id=story.section,
        byline=_byline(story), printed=printed(story.at), figure=_figure(story.picture),
        body=body_html(story.blocks, _tags(story, edition)), comments=comments(NAME, story, COMMENT),
    )  # fmt: skip
    return frame(story.title, "", main, edition)


def frame(title: str, head: str, main: str, edition: int) -> str:
    """Any page of the paper: its furniture around a main column."""
    most = links(most_read(NAME), path, RANKED)
    return filled_file(NAME, "frame", edition, title=esc(title), head=head, main=main, most_read=most)


def listing(heading: str, items: str, edition: int) -> str:
    """A page of headlines."""
    return frame(heading, "", filled_file(NAME, "listing", edition, heading=esc(heading), items=items), edition)


def printed(at: datetime) -> str:
    """A time as the paper prints it: 2026年3月14日 09時30分."""
    return f"{at.year}年{at.month}月{at.day}日 {at:%H時%M分}"


def _tags(story: Story, edition: int) -> Tags:
    first, *rest = related(NAME, story, 4)
    values = {"url1": path(first), "title1": esc(first.title), "related": links(rest, path, LINK)}
    return Tags(
        p=TEXT.p, h=TEXT.h, quote=TEXT.quote, table=TEXT.table, head_cell=TEXT.head_cell,
        inserts=inserts(NAME, edition, **values),
    )  # fmt: skip


def _byline(story: Story) -> str:
    people = "記者・" + "、".join(story.people) if story.people else ""
    agencies = "配信・" + "、".join(story.agencies) if story.agencies else ""
    return esc("　".join(part for part in (people, agencies) if part))


def _figure(picture: Picture | None) -> str:
    if picture is None:
        return ""
    return filled(FIGURE, src=f"/images/{picture.file}", caption=esc(picture.caption), credit=esc(picture.credit))
