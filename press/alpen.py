"""Alpenkurier: German, no structured data but meta tags, Atom and a news sitemap, print views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press.data import esc, filled, filled_file
from press.markup import Tags, body_html
from press.paper import bio, comments, inserts, links, most_read, paper_of, related

if TYPE_CHECKING:
    from datetime import datetime

    from press.model import Picture, Story

NAME = "alpenkurier"
MONTHS = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]
FIGURE = (
    '<div class="bild"><img src="$src" alt=""><div class="bildtext">$caption <span>Foto: $credit</span></div></div>'
)
COMMENT = '<div class="kommentar"><b>$name</b> schrieb:<p>$text</p></div>'
BIO = '<div class="zur-person"><h4>Zur Person</h4><p>$text</p></div>'
LINK = '<li><a href="$url">$title</a></li>'
TEXT = Tags(p='<p class="absatz">$text</p>', h="<h3>$text</h3>", quote='<div class="zitat"><p>$text</p></div>')


def path(story: Story) -> str:
    """Where a story lives: /region/slug-a123456.html, the number made of its time."""
    return f"/{story.section}/{story.slug}-a{story.at:%d%H%M}.html"


def page(story: Story, edition: int) -> str:
    """The page of a story."""
    main = filled_file(
        NAME, "article", edition,
        title=esc(story.title), section=_section(story), section_id=story.section, byline=_byline(story),
        printed=printed(story.at), figure=_figure(story.picture), body=body_html(story.blocks, _tags(story, edition)),
        bios="\n".join(filled(BIO, text=esc(text)) for name in story.people if (text := bio(NAME, name))),
        tags=", ".join(f'<a href="/thema/{n}">{esc(tag)}</a>' for n, tag in enumerate(story.tags, 100)),
        comments=comments(NAME, story, COMMENT), most_read=links(most_read(NAME), path, LINK),
    )  # fmt: skip
    return frame(story.title, _head(story), main, edition)


def print_view(story: Story, edition: int) -> str:
    """The same story for the printer, naming its article as canonical."""
    return filled_file(
        NAME, "druck", edition,
        title=esc(story.title), canonical=paper_of(NAME).url(path(story)), head=_head(story), byline=_byline(story),
        printed=printed(story.at), body=body_html(story.blocks, Tags()),
    )  # fmt: skip


def frame(title: str, head: str, main: str, edition: int) -> str:
    """Any page of the paper: its furniture around a main column."""
    return filled_file(NAME, "frame", edition, title=esc(title), head=head, main=main)


def listing(heading: str, items: str, edition: int) -> str:
    """A page of headlines."""
    most = links(most_read(NAME), path, LINK)
    main = filled_file(NAME, "listing", edition, heading=esc(heading), items=items, most_read=most)
    return frame(heading, '<meta property="og:type" content="website">', main, edition)


def printed(at: datetime) -> str:
    """A time as the paper prints it: 14. März 2026, 09:30."""
    return f"{at.day}. {MONTHS[at.month - 1]} {at:%Y, %H:%M}"


def _tags(story: Story, edition: int) -> Tags:
    first, second, *rest = related(NAME, story, 5)
    between = inserts(
        NAME, edition,
        url1=path(first), title1=esc(first.title), url2=path(second), title2=esc(second.title),
        related=links(rest, path, LINK),
    )  # fmt: skip
    return Tags(p=TEXT.p, h=TEXT.h, quote=TEXT.quote, inserts=between)


def _head(story: Story) -> str:
    url = paper_of(NAME).url(path(story))
    metas = [
        ("name", "description", story.summary),
        ("name", "author", ", ".join(story.authors)),
        ("name", "keywords", ", ".join(story.tags)),
        ("name", "date", story.at.isoformat()),
        ("property", "og:type", "article"),
        ("property", "og:site_name", "Alpenkurier"),
        ("property", "og:locale", "de_AT"),
        ("property", "og:title", story.title),
        ("property", "og:description", story.summary),
        ("property", "og:url", url),
        ("property", "article:published_time", story.at.isoformat()),
        ("property", "article:modified_time", story.changed_at.isoformat()),
        ("property", "article:section", _section(story)),
        *(("property", "article:author", name) for name in story.authors),
        *(("property", "article:tag", tag) for tag in story.tags),
        ("name", "twitter:card", "summary_large_image"),
        ("name", "twitter:title", story.title),
        *_picture_metas(story.picture),
    ]
    canonical = f'<link rel="canonical" href="{url}">'
    return "\n".join([canonical, *(f'<meta {key}="{name}" content="{esc(text)}">' for key, name, text in metas)])


def _picture_metas(picture: Picture | None) -> list[tuple[str, str, str]]:
    if picture is None:
        return []
    return [
        ("property", "og:image", paper_of(NAME).url(f"/images/{picture.file}")),
        ("property", "og:image:alt", picture.caption),
    ]


def _figure(picture: Picture | None) -> str:
    if picture is None:
        return ""
    return filled(FIGURE, src=f"/images/{picture.file}", caption=esc(picture.caption), credit=esc(picture.credit))


def _byline(story: Story) -> str:
    return "Von " + " und ".join(esc(name) for name in story.authors)


def _section(story: Story) -> str:
    return paper_of(NAME).sections[story.section]
