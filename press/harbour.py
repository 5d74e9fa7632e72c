"""The Harbour Gazette: English, modern div soup, JSON-LD in a @graph, RSS with tracking parameters, AMP."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from press.data import esc, filled, filled_file
from press.markup import Tags, body_html
from press.paper import bio, comments, inserts, links, most_read, paper_of, related

if TYPE_CHECKING:
    from datetime import datetime

    from press.model import Picture, Story

NAME = "harbour-gazette"
PLAIN = Tags()
WORDS_A_MINUTE = 200
FIGURE = (
    '<figure class="hg-figure"><img src="$src" alt="$caption" width="640" height="360">'
    '<figcaption>$caption <span class="hg-credit">Photo: $credit</span></figcaption></figure>'
)
COMMENT = '<div class="hg-comment"><strong>$name</strong><p>$text</p><a href="#">Reply</a></div>'
BIO = '<div class="hg-bio"><h4>About the author</h4><p>$text</p></div>'
LINK = '<li><a href="$url">$title</a></li>'


def path(story: Story) -> str:
    """Where a story lives: /2026/03/14/harbour/slug."""
    return f"/{story.at:%Y/%m/%d}/{story.section}/{story.slug}"


def page(story: Story, edition: int) -> str:
    """The page of a story."""
    main = filled_file(
        NAME, "article", edition,
        title=esc(story.title), section=_section(story), section_id=story.section, byline=_byline(story),
        iso=story.at.isoformat(), printed=printed(story.at), minutes=_minutes(story),
        figure=_figure(story.picture), body=body_html(story.blocks, _tags(story, edition)), tags=_tag_list(story),
        bios="\n".join(filled(BIO, text=esc(text)) for name in story.people if (text := bio(NAME, name))),
        comments=comments(NAME, story, COMMENT), most_read=links(most_read(NAME), path, LINK),
    )  # fmt: skip
    return frame(story.title, _head(story), main, edition)


def amp(story: Story, edition: int) -> str:
    """The same story for phones, naming its article as canonical."""
    return filled_file(
        NAME, "amp", edition,
        title=esc(story.title), canonical=_url(story), head=_json_ld(story), byline=_byline(story),
        iso=story.at.isoformat(), printed=printed(story.at), body=body_html(story.blocks, PLAIN),
    )  # fmt: skip


def frame(title: str, head: str, main: str, edition: int) -> str:
    """Any page of the paper: its furniture around a main column."""
    return filled_file(NAME, "frame", edition, title=esc(title), head=head, main=main)


def listing(heading: str, items: str, edition: int) -> str:
    """A page of headlines."""
    main = filled_file(
        NAME, "listing", edition, heading=esc(heading), items=items, most_read=links(most_read(NAME), path, LINK)
    )
    return frame(heading, '<meta property="og:type" content="website">', main, edition)


def printed(at: datetime) -> str:
    """A time as the paper prints it: 14 March 2026, 09:30."""
    return f"{at.day} {at:%B %Y, %H:%M}"


def _tags(story: Story, edition: int) -> Tags:
    first, *rest = related(NAME, story, 4)
    values = {"url1": path(first), "title1": esc(first.title), "related": links(rest, path, LINK)}
    return Tags(inserts=inserts(NAME, edition, **values))


def _head(story: Story) -> str:
    return "\n".join(
        [
            f'<link rel="canonical" href="{_url(story)}">',
            f'<link rel="amphtml" href="{_url(story)}/amp">',
            f'<meta name="description" content="{esc(story.summary)}">',
            '<meta property="og:type" content="article">',
            '<meta property="og:site_name" content="The Harbour Gazette">',
            f'<meta property="og:title" content="{esc(story.title)}">',
            f'<meta property="og:url" content="{_url(story)}">',
            _json_ld(story),
        ]
    )


def _json_ld(story: Story) -> str:
    graph = {"@context": "https://schema.org", "@graph": [_publisher(), _crumbs(story), _article(story)]}
    return f'<script type="application/ld+json">{json.dumps(graph, ensure_ascii=False)}</script>'


def _publisher() -> dict[str, Any]:
    paper = paper_of(NAME)
    return {
        "@type": "NewsMediaOrganization",
        "@id": paper.url("/#publisher"),
        "name": paper.title,
        "url": paper.url("/"),
        "logo": {"@type": "ImageObject", "url": paper.url("/images/logo.png")},
    }


def _crumbs(story: Story) -> dict[str, Any]:
    steps = [("Home", "/"), (_section(story), f"/{story.section}/"), (story.title, path(story))]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": name, "item": paper_of(NAME).url(where)}
            for n, (name, where) in enumerate(steps, 1)
        ],
    }


def _article(story: Story) -> dict[str, Any]:
    people = [{"@type": "Person", "name": name, "url": _author_url(name)} for name in story.people]
    agencies = [{"@type": "Organization", "name": name} for name in story.agencies]
    return {
        "@type": "NewsArticle",
        "@id": f"{_url(story)}#article",
        "mainEntityOfPage": {"@type": "WebPage", "@id": _url(story)},
        "headline": story.title,
        "description": story.summary,
        "datePublished": story.at.isoformat(),
        "dateModified": story.changed_at.isoformat(),
        "author": people + agencies,
        "publisher": {"@id": paper_of(NAME).url("/#publisher")},
        "articleSection": _section(story),
        "keywords": list(story.tags),
        "inLanguage": "en",
        "isAccessibleForFree": True,
        **({"image": [_image(story.picture)]} if story.picture else {}),
    }


def _image(picture: Picture) -> dict[str, str]:
    url = paper_of(NAME).url(f"/images/{picture.file}")
    return {"@type": "ImageObject", "url": url, "caption": picture.caption, "creditText": picture.credit}


def _figure(picture: Picture | None) -> str:
    if picture is None:
        return ""
    return filled(FIGURE, src=f"/images/{picture.file}", caption=esc(picture.caption), credit=esc(picture.credit))


def _byline(story: Story) -> str:
    people = [f'<a href="{_author_path(name)}" rel="author">{esc(name)}</a>' for name in story.people]
    return "By " + " and ".join(people + [f"<span>{esc(name)}</span>" for name in story.agencies])


def _tag_list(story: Story) -> str:
    items = "".join(f'<li><a href="/topics/{tag.lower().replace(" ", "-")}">{esc(tag)}</a></li>' for tag in story.tags)
    return f'<div class="hg-topics"><h4>Topics</h4><ul>{items}</ul></div>'


def _minutes(story: Story) -> str:
    return str(1 + sum(len(block.text.split()) for block in story.blocks) // WORDS_A_MINUTE)


def _section(story: Story) -> str:
    return paper_of(NAME).sections[story.section]


def _author_path(name: str) -> str:
    return "/by/" + name.lower().replace(" ", "-").replace("'", "")


def _author_url(name: str) -> str:
    return paper_of(NAME).url(_author_path(name))


def _url(story: Story) -> str:
    return paper_of(NAME).url(path(story))
