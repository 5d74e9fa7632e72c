"""What searching asks of the read copy, and the record of what its index holds."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from broadsheet.warehouse.connecting import attach_published, connected
from broadsheet.warehouse.statements import Session

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from broadsheet.warehouse.files import Files

Rows = list[dict[str, Any]]


@contextmanager
def compared(files: Files, known: Path) -> Iterator[Session]:
    """The read copy beside the record `known` of what the index holds, made if need be, which nobody else writes."""
    with connected() as connection:
        attach_published(connection, files)
        connection.execute("attach $path as seen", {"path": str(known)})
        session = Session(connection)
        session.run("search/known")
        yield session
        connection.execute("detach seen")


def changed(session: Session) -> list[int]:
    """The ids of the articles that the index lacks or holds otherwise, the newest first."""
    return [each for (each,) in session.run("search/changed")]


def gone(session: Session) -> list[int]:
    """The ids of what the index holds and the tables do not."""
    return [each for (each,) in session.run("search/gone")]


def rows(session: Session, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    """What of articles is searched, one by one."""
    return session.streamed("search/rows", {"ids": list(ids)})


def keep(session: Session, ids: Sequence[int]) -> None:
    """Write down that the index holds these articles as they are; those of them that are gone it holds no more."""
    with session.transaction():
        for name in ("search/unknown", "search/kept"):
            session.run(name, {"ids": list(ids)})


def scanned(session: Session, values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The articles that may fit, one by one, as they are narrowed by `values` (sql/search/scanned.sql)."""
    return session.streamed("search/scanned", values)


def shown(session: Session, ids: Sequence[int]) -> Rows:
    """What a search shows of articles, in the order of the ids; those that are gone are left out."""
    found = {row["article_id"]: row for row in session.records("search/hits", {"ids": list(ids)})}
    return [found[each] for each in ids if each in found]


def standing(session: Session) -> tuple[int, str]:
    """The last load of what the session reads (0: there is none), and when it was."""
    load_id, loaded_at = session.run("inner/last_load")[0]
    return int(load_id), loaded_at.isoformat() if loaded_at else ""
