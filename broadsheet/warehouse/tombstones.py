"""Which addresses were forgotten: by themselves, or as another spelling of one that was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from broadsheet.model import stable_id
from broadsheet.urls import bare_host
from broadsheet.variants import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable

    from broadsheet.warehouse.statements import Session

WORD: Final = re.compile(r"[^/?&=.]+")


def ids_of(url: str) -> tuple[int, int]:
    """The ids by which a normalised address is known as forgotten: its own, and that of its plainest form."""
    return stable_id(url), stable_id(folded(url))


def is_among(url: str, forgotten: Container[int]) -> bool:
    """Whether one of an address's ids is among these."""
    return any(each in forgotten for each in ids_of(url))


def forgotten_among(session: Session, urls: Collection[str]) -> list[str]:
    """Those of the addresses that were forgotten."""
    if not urls or not session.run("load/has_tombstones"):
        return []
    ids = {url: ids_of(url) for url in urls}
    asked = [each for both in ids.values() for each in both]
    known = {url_id for (url_id,) in session.run("forget/known_tombstones", {"url_ids": asked})}
    return [url for url, both in ids.items() if not known.isdisjoint(both)]


def spellings(session: Session, url: str) -> list[str]:
    """The addresses that are known and are this one in another form: scheme, `www.`, mobile, AMP, print."""
    plain = folded(url)
    words = max(WORD.findall("/".join(plain.split("/")[3:])), key=len, default=bare_host(plain))
    return _alike(plain, (known for (known,) in session.run("inner/addresses_with", {"words": words})))


def _alike(plain: str, known: Iterable[str]) -> list[str]:
    return [each for each in known if folded(each) == plain]
