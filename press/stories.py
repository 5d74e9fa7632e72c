"""Stories from their text files: a plain format that is quick to write and to read.

::

    === slug
    title: Headline
    by: One Author; Another Author          credited people
    org: An Agency                          credited organisations
    at: 2026-03-14T09:30:00-03:00
    section: harbour
    tags: one; two
    image: quay.png | Caption | Credit
    wire: slug of the article with the same agency text
    since: 2                                the first edition that prints it (default 1)
    gone: 2                                 the edition that no longer does
    modified: 2026-03-15T08:00:00-03:00     when edition 2 changed it, with one or more of:
    edit: old words => new words
    change: rewrite                         the edits change the sense (default: typo)
    retitle: New headline
    note: Correction note, appended as a paragraph

Paragraphs stand between blank lines. `## ` subheading, `- ` list items, `> ` quote, `| ` table rows.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from press.data import names_of, text_of
from press.model import Block, Picture, Story

if TYPE_CHECKING:
    from collections.abc import Iterator

Fields = dict[str, list[str]]

MARKS = {"## ": "h", "- ": "li", "> ": "quote", "| ": "row"}
FIELD = re.compile(r"([a-z]+): (.*)")


@cache
def stories(paper: str, edition: int) -> tuple[Story, ...]:
    """The stories a paper prints in an edition, newest first."""
    printed = (_as_printed(fields, body, edition) for fields, body in _entries(paper) if _is_in(fields, edition))
    return tuple(sorted(printed, key=lambda story: (story.at, story.slug), reverse=True))


@cache
def removed(paper: str, edition: int) -> tuple[Story, ...]:
    """The stories that an earlier edition printed and this one answers with 410."""
    gone = [(fields, body) for fields, body in _entries(paper) if int(_one(fields, "gone", "99")) <= edition]
    return tuple(_story(fields, body) for fields, body in gone)


@cache
def lasting(paper: str) -> tuple[Story, ...]:
    """The stories of edition 1 that no edition removes or retitles: what lists of headlines may show."""
    steady = [(f, b) for f, b in _entries(paper) if not {"since", "gone", "retitle"} & f.keys()]
    return tuple(sorted((_story(f, b) for f, b in steady), key=lambda story: story.slug))


def _is_in(fields: Fields, edition: int) -> bool:
    return int(_one(fields, "since", "1")) <= edition < int(_one(fields, "gone", "99"))


def _as_printed(fields: Fields, body: str, edition: int) -> Story:
    story = _story(fields, body)
    if edition == 1:
        return story
    if "since" in fields:
        return replace(story, change="new")
    return _edited(story, fields) if "modified" in fields else story


def _edited(story: Story, fields: Fields) -> Story:
    blocks = story.blocks
    for edit in fields.get("edit", []):
        blocks = _replaced(blocks, *edit.split(" => "))
    return replace(
        story,
        title=_one(fields, "retitle", story.title),
        blocks=blocks + tuple(Block("p", note) for note in fields.get("note", [])),
        modified=datetime.fromisoformat(_one(fields, "modified")),
        change=_change(fields),
    )


def _change(fields: Fields) -> str:
    if "note" in fields:
        return "correction"
    return "headline" if "retitle" in fields else _one(fields, "change", "typo")


def _replaced(blocks: tuple[Block, ...], old: str, new: str) -> tuple[Block, ...]:
    if sum(block.text.count(old) for block in blocks) != 1:
        raise ValueError(f"an edit must name words that stand once in the story: {old!r}")
    return tuple(replace(block, text=block.text.replace(old, new)) for block in blocks)


@cache
def _entries(paper: str) -> tuple[tuple[Fields, str], ...]:
    names = [name for name in names_of(paper) if name.startswith("stories") and name.endswith(".txt")]
    return tuple(entry for name in names for entry in _split(text_of(paper, name)))


def _split(text: str) -> Iterator[tuple[Fields, str]]:
    for entry in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        head, _, body = entry.partition("\n\n")
        slug, *lines = head.splitlines()
        fields: Fields = {"slug": [slug.strip()]}
        for line in lines:
            found = FIELD.fullmatch(line.strip())
            if found is None:
                raise ValueError(f"{slug}: not a field: {line!r}")
            fields.setdefault(found[1], []).append(found[2].strip())
        yield fields, body


def _story(fields: Fields, body: str) -> Story:
    return Story(
        slug=_one(fields, "slug"),
        title=_one(fields, "title"),
        at=datetime.fromisoformat(_one(fields, "at")),
        section=_one(fields, "section"),
        blocks=tuple(_blocks(body)),
        people=_several(fields, "by"),
        agencies=_several(fields, "org"),
        tags=_several(fields, "tags"),
        picture=_picture(_one(fields, "image", "")),
        wire_of=_one(fields, "wire", ""),
    )


def _picture(line: str) -> Picture | None:
    return Picture(*(part.strip() for part in line.split("|"))) if line else None


def _blocks(body: str) -> Iterator[Block]:
    for line in body.splitlines():
        if line.strip():
            kind = next((kind for mark, kind in MARKS.items() if line.startswith(mark)), "p")
            text = line.strip() if kind == "p" else line.split(" ", 1)[1].strip()
            yield Block(kind, text)


def _one(fields: Fields, name: str, default: str | None = None) -> str:
    values = fields.get(name)
    if values is None and default is None:
        raise ValueError(f"{fields['slug'][0]}: no {name}")
    return values[0] if values else default or ""


def _several(fields: Fields, name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _one(fields, name, "").split(";") if part.strip())
