"""Forgetting in the warehouse: what is meant, its rows taken out, the files written afresh, the search after it.

Every statement names URLs by their ids, which a subject carries: a second time takes out nothing more. The statements
are `sql/forget`; docs/decisions/0021-forgetting.md says what goes and what stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from broadsheet.errors import WarehouseError
from broadsheet.model import stable_id
from broadsheet.traces import Traces, sentences
from broadsheet.urls import normalise
from broadsheet.warehouse.claiming import next_load, record
from broadsheet.warehouse.renewing import fresh_copy
from broadsheet.warehouse.tombstones import ids_of, spellings
from broadsheet.warehouse.tracing import tracing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from broadsheet.warehouse.room import Warehouse
    from broadsheet.warehouse.statements import Session

EVIDENCE: Final = ("evidence_removed", "evidence_cleared")
ROWS: Final = (
    *("attempts_removed", "claims_removed", "loads_counted", "urls_removed", "fetches_removed"),
    *("polls_removed", "endpoints_removed", "robots_removed", "pauses_removed", "references_removed"),
    *("captures_removed", "changes_removed", "extractions_removed", "bodies_removed"),
    *("versions_removed", "past_versions_removed", "articles_removed", "article_urls_removed"),
    *("article_aliases_removed", "clusters_unsettled", "members_removed", "marks_removed", "likenesses_removed"),
    *("rules_removed", "rules_unnamed", "rereadings_removed", "differences_removed", "withdrawn_removed"),
)
WORDS: Final = (
    *("rules_cleared", "samples_cleared", "details_cleared", "dropped_cleared", "hints_cleared"),
    "differences_cleared",
)
"""Statements that take single sentences out of what is kept of other articles."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be forgotten, as it was when that was asked for; it is written down until all is done.

    `kind` is article or source, `target` the URL or name as given. `sentences` are those that no other article has:
    what is erased and searched for. So are `headlines`, in tables alone: a page that has one among its links is kept.
    `spared` counts the rest. `others` are URLs of articles with the same sentences, which stay; `outside` are files of
    the user's that hold it and are not ours to change.
    """

    kind: str
    target: str
    why: str
    source: str | None
    hosts: tuple[str, ...]
    url_ids: tuple[int, ...]
    article_ids: tuple[int, ...]
    urls: tuple[str, ...]
    sentences: tuple[str, ...]
    spared: int
    others: tuple[str, ...]
    outside: tuple[str, ...]
    headlines: tuple[str, ...] = ()

    @property
    def stones(self) -> frozenset[int]:
        """The ids by which its tombstones know it: those of its URLs, and of the plainest forms of them."""
        return frozenset(self.url_ids).union(*(ids_of(url) for url in self.urls if "://" in url))

    @property
    def words(self) -> tuple[str, ...]:
        """What is erased from tables, which are searched for it in the end: sentences and headlines."""
        return self.sentences + self.headlines

    def values(self) -> dict[str, Any]:
        """The values that `sql/forget` binds."""
        return {
            "subject": self.kind,
            "why": self.why,
            "source": self.source,
            "sources": [self.source] if self.source else [],
            "hosts": list(self.hosts),
            "url_ids": list(self.url_ids),
            "article_ids": list(self.article_ids),
            "urls": list(self.urls),
        }


def subject(warehouse: Warehouse, target: str, why: str) -> Subject:
    """What a URL or a source's name stands for. A URL that nobody knows is forgotten in advance.

    WarehouseError: it is neither a URL nor the name of a source that anything is known of.
    """
    session = warehouse.session
    url = normalise(target) if "://" in target else None
    if url is None and (target,) not in session.run("forget/sources"):
        known = ", ".join(name for (name,) in session.run("forget/sources")) or "none yet"
        raise WarehouseError(f"{target!r} is no URL (https://...) and no source that has anything; those are: {known}")
    source = target if url is None else None
    hosts = tuple(host for (host,) in session.run("forget/hosts", {"source": source})) if source else ()
    found = session.run("forget/named_source", {"source": source}) if url is None else _named(session, url)
    return _described(warehouse, Subject(
        "article" if url else "source", url or target, why, source, hosts,
        tuple(url_id for (url_id,) in found), (), (), (), 0, (), (),
    ))  # fmt: skip


def _named(session: Session, url: str) -> list[Any]:
    """The ids of the article's URLs, in whatever form of one of them it is called."""
    forms = [url, *spellings(session, url)]
    return session.run("forget/named_article", {"url_ids": [stable_id(each) for each in forms]})


def _described(warehouse: Warehouse, bare: Subject) -> Subject:
    """The subject with what the tables know of its URLs."""
    session, values = warehouse.session, bare.values()
    texts = session.run("forget/texts", values)
    titles = dict.fromkeys(s for text, is_headline in texts if is_headline for s in sentences(text))
    told = dict.fromkeys(s for text, is_headline in texts if not is_headline for s in sentences(text))
    traces = Traces.of([*titles, *told])
    common, others = _shared(session, values, traces)
    looked_for = [sentence for sentence in traces.anchors.values() if sentence not in common]
    root = f"{warehouse.files.data.resolve()}/"
    return Subject(
        bare.kind, bare.target, bare.why, bare.source, bare.hosts, bare.url_ids,
        article_ids=tuple(each for (each,) in session.run("forget/articles", values)),
        urls=tuple(url for (url,) in session.run("forget/addresses", values)) or (bare.target,),
        sentences=tuple(each for each in looked_for if each in told),
        headlines=tuple(each for each in looked_for if each not in told),
        spared=len(told | titles) - len(looked_for),
        others=tuple(sorted(others)),
        outside=tuple(file for (file,) in session.run("forget/outside", values | {"root": root})),
    )  # fmt: skip


def _shared(session: Session, values: dict[str, Any], traces: Traces) -> tuple[set[str], set[str]]:
    """The sentences that other articles have too, and those articles' URLs."""
    common: set[str] = set()
    others: set[str] = set()
    with tracing(session.connection, traces):
        for text, urls in session.run("forget/others", values):
            if found := traces.found(text):
                common |= found
                others.update(urls or ())
    return common, others


def mark(warehouse: Warehouse, what: Subject, *, now: datetime) -> None:
    """Set the tombstones: from now on it is neither planned nor loaded. A second time changes nothing."""
    session = warehouse.session
    values = what.values() | {"now": now, "load_id": next_load(session), "stones": list(what.stones)}
    with session.transaction():
        if session.change("forget/tombstones_kept", values):
            record(session, "forget", values)


def erase(warehouse: Warehouse, what: Subject, *, now: datetime) -> int:
    """Take every row of it out of both files; how many rows went or were cleared. A second time it is none."""
    session, values = warehouse.session, what.values() | {"now": now}
    with tracing(session.connection, Traces.of(what.words)):
        with session.transaction():
            gone = _changed(session, EVIDENCE, values)
        values["load_id"] = next_load(session)
        with session.transaction():
            rows = _changed(session, (*ROWS, *WORDS), values)
            if rows:
                record(session, "forget", values, changed=rows)
    return gone + rows


def _changed(session: Session, names: Sequence[str], values: dict[str, Any]) -> int:
    return sum(session.change(f"forget/{name}", values) for name in names)


def renew_files(warehouse: Warehouse) -> None:
    """Write both private files afresh, so that no freed block keeps a text; each is put in place by one rename."""
    files = warehouse.files
    with warehouse.closed():
        for path in (files.evidence, files.warehouse):
            warehouse.session.on_step(f"write {path.name} afresh")
            fresh_copy(path)


def prove(warehouse: Warehouse, what: Subject, *, now: datetime) -> None:
    """Write down that a search found nothing of it."""
    warehouse.session.run("forget/tombstones_proved", what.values() | {"now": now, "stones": list(what.stones)})


def forgotten_ids(warehouse: Warehouse) -> frozenset[int]:
    """The ids of all URLs that were forgotten."""
    return frozenset(url_id for (url_id,) in warehouse.session.run("forget/tombstones"))


def forgotten_sources(warehouse: Warehouse) -> dict[str, str]:
    """The sources that were forgotten, and why."""
    return dict(warehouse.session.run("forget/forgotten_sources"))


def brought(warehouse: Warehouse, run_ids: Sequence[str]) -> set[tuple[str, int]]:
    """File and offset of answers that runs kept before it was known that they are of something forgotten."""
    return set(warehouse.session.run("forget/brought", {"run_ids": list(run_ids)}))
