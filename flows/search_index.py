"""The search index of a data folder kept current with its read copy: `search/`, written under one lock.

A search brings it up to date before it looks, the maintain flow at night; whatever kills them, the next goes on.
Batches are committed to the index first and noted second (`known.db`), so that one is written twice rather than
never. `state.json` says which read copy it follows; without it nothing is searched in it.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any, Final

import duckdb

from broadsheet.errors import Held
from broadsheet.search.entries import entry_of
from broadsheet.search.index import FORMAT, Index, is_installed
from broadsheet.warehouse import Files, Session, open_read_copy, seeking
from flows.locks import held

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from broadsheet.search.entries import Entry
    from flows.progress import Progress

BATCH: Final = 20_000  # articles of a commit: some seconds of work that a kill may cost


def folder(data: Path) -> Path:
    """Where the index lies; of another format it lies elsewhere."""
    return data / "search" / f"v{FORMAT}"


def opened(data: Path) -> Index | None:
    """The index as it is; None: there is none that is whole."""
    if _state(data) is None or not is_installed():
        return None
    try:
        return Index(folder(data) / "index")
    except (ValueError, OSError):
        return None


def is_current(data: Path) -> bool:
    """Whether the index holds what the read copy holds. WarehouseError: there is no read copy."""
    with open_read_copy(data) as copy:
        return _state(data) == _told(seeking.standing(Session(copy)))


def refresh(data: Path, progress: Progress, *, rebuild: bool = False) -> bool:
    """Bring the index up to the read copy, or build it anew; False: another process is at it."""
    with held(data / "search" / ".lock") as ours:
        if ours:
            _cleared(data, keep="" if rebuild else folder(data).name)
            _brought_up(data, progress)
        return ours


def remove(data: Path) -> bool:
    """Take the index away; whether there was one. Held: another process is writing it.

    Its dictionary keeps the words of what was deleted until tantivy happens to merge their segment: so it is not
    cleaned but taken away, and the next search builds it anew.
    """
    with held(data / "search" / ".lock") as ours:
        if not ours:
            raise Held(f"{data / 'search'}: another process is writing the search index; try again when it has ended")
        return _cleared(data, keep="")


def _brought_up(data: Path, progress: Progress) -> None:
    try:
        _bring_up(data, progress)
    except (ValueError, duckdb.Error) as error:
        progress.say(f"the search index is damaged ({str(error).splitlines()[0]}): it is built anew")
        _cleared(data, keep="")
        _bring_up(data, progress)


def _bring_up(data: Path, progress: Progress) -> None:
    index = Index(folder(data) / "index")
    with seeking.compared(Files(data), folder(data) / "known.db") as session:
        standing = seeking.standing(session)
        gone, ids = seeking.gone(session), seeking.changed(session)
        if gone:
            index.write((), gone)
            seeking.keep(session, gone)
        if ids:
            progress.stage("index", len(ids), "articles")
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            index.write(_entries(session, batch, progress))
            seeking.keep(session, batch)
    part = folder(data) / "state.json.part"
    part.write_text(json.dumps(_told(standing)), encoding="utf-8")
    part.replace(part.with_suffix(""))


def _entries(session: Session, ids: Sequence[int], progress: Progress) -> Iterator[Entry]:
    for row in seeking.rows(session, ids):
        yield entry_of(row)
        progress.advance()


def _state(data: Path) -> dict[str, Any] | None:
    """Which read copy the index follows; None: it is not whole."""
    try:
        told: dict[str, Any] = json.loads((folder(data) / "state.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return told


def _told(standing: tuple[int, str]) -> dict[str, Any]:
    return {"load_id": standing[0], "loaded_at": standing[1]}


def _cleared(data: Path, *, keep: str) -> bool:
    """Remove the indexes but the one of that name, first what vouches for them; whether there were any."""
    old = [path for path in (data / "search").glob("v*/") if path.name != keep]
    for path in old:
        (path / "state.json").unlink(missing_ok=True)
        shutil.rmtree(path)
    return bool(old)
