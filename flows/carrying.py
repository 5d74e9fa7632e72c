"""What follows the read copy at night: the export that others read as it is, and the search index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.errors import BroadsheetError
from flows import search_index
from flows.export import export
from flows.mirror import mirrored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from broadsheet.config import Settings
    from flows.progress import Progress


def carried(settings: Settings, progress: Progress) -> tuple[str, ...]:
    """Bring the export of BROADSHEET_EXPORT and the search index up to the read copy; what was done, a line each.

    What cannot be done is a line too: it is done the next night, and neither tables nor archive wait for it.
    """
    return tuple(_lines(settings, progress))


def _lines(settings: Settings, progress: Progress) -> Iterator[str]:
    if settings.export:
        yield _tried(lambda: _exported(settings, progress), "export")
    if settings.archive:
        yield _tried(lambda: _mirrored(settings, progress), "archive")
    if search_index.opened(settings.data):
        yield _tried(lambda: _indexed(settings, progress), "search index")


def _exported(settings: Settings, progress: Progress) -> str:
    done = export(settings.data, settings.export, None, progress)
    return f"export {done.target}: {done.written} file(s) written, {done.kept} as they were, {done.removed} removed."


def _mirrored(settings: Settings, progress: Progress) -> str:
    done = mirrored(settings.data, settings.archive, progress)
    return f"archive: {done.sent} file(s) sent to {settings.archive}, {done.removed} removed there."


def _indexed(settings: Settings, progress: Progress) -> str:
    ours = search_index.refresh(settings.data, progress)
    return "search index: as the read copy." if ours else "search index: another process is at it."


def _tried(work: Callable[[], str], name: str) -> str:
    try:
        return work()
    except BroadsheetError as error:
        return f"{name}: {error}"
