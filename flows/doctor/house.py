"""What Broadsheet keeps and is told: sources, the archive, the warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from broadsheet.archive import read
from broadsheet.config import chosen_sources, read_sources
from broadsheet.errors import BroadsheetError, Held
from broadsheet.warehouse import database_status, open_read_copy
from flows.doctor.finding import fault, note, well
from flows.fetch import require_contact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.config import Settings
    from flows.doctor.finding import Finding

MB: Final = 1_000_000
PATIENCE: Final = 5.0  # seconds to wait for whoever is at the warehouse


def sources(settings: Settings) -> Finding:
    """Whether the file of sources can be read, and sites may know who asks them."""
    try:
        chosen = chosen_sources(read_sources(settings.sources), ())
        require_contact(settings, chosen)
    except BroadsheetError as error:
        return fault("sources", str(error), "see docs/reference/configuration.md; `broadsheet source check` asks them")
    return well("sources", f"{len(chosen)} in {settings.sources}")


def archive(settings: Settings) -> Finding:
    """Whether the newest of the archive's files can be read from its beginning."""
    files = sorted(settings.data.glob("archive/*/*/*/*.warc.gz"))
    if not files:
        return note("archive", f"{settings.data / 'archive'}: nothing is kept yet")
    try:
        next(iter(read(files[-1])), None)
    except (BroadsheetError, OSError) as error:
        return fault("archive", f"{files[-1]}: {error}", "`broadsheet archive verify` names every damaged record")
    return well("archive", f"{len(files):,} files, the newest can be read")


def warehouse(settings: Settings) -> Iterator[Finding]:
    """Whether the warehouse and the read copy can be opened."""
    if not (settings.data / "warehouse.duckdb").exists():
        yield note("warehouse", f"{settings.data}: none yet", "the first run makes it")
        return
    yield _private(settings)
    yield _read_copy(settings)


def _private(settings: Settings) -> Finding:
    try:
        status = database_status(settings.data, now=settings.clock(), wait=PATIENCE)
    except Held as error:
        return note("warehouse", f"somebody is at it: {error}")
    except BroadsheetError as error:
        return fault("warehouse", str(error), "`broadsheet db restore FOLDER` puts a backup in its place")
    size = (status.warehouse_bytes + status.evidence_bytes) / MB
    return well("warehouse", f"{status.articles:,} articles, load {status.last_load}, {size:,.1f} MB")


def _read_copy(settings: Settings) -> Finding:
    try:
        with open_read_copy(settings.data) as connection:
            (count,) = connection.execute("select count(*) from mart.articles").fetchone() or (0,)
    except BroadsheetError as error:
        return fault("read copy", str(error), "`broadsheet db check` says what withholds it; the next run renews it")
    return well("read copy", f"{count:,} articles")
