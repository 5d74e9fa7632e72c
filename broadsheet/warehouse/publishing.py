"""The read copy: the private pair copied, and put in place by atomic renames, whenever there is news."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from broadsheet.errors import WarehouseError
from broadsheet.warehouse.connecting import attach_published, connected
from broadsheet.warehouse.files import replace_with_copy
from broadsheet.warehouse.statements import Session

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.warehouse.files import Files
    from broadsheet.warehouse.room import Warehouse


def publish(data: Path, warehouse: Warehouse) -> bool:
    """Renew the read copy of a data folder if rows came since it was made; whether it was renewed.

    What the copy holds is read off the copy itself (its last load), so a crash between load and publish is mended by
    the next run. Evidence goes first: evidence of readings that the copy does not know yet harms nobody.
    """
    if not has_news(warehouse):
        return False
    files = warehouse.files
    if files.data != data:
        raise WarehouseError(f"{data} is not where the open warehouse lies ({files.data})")
    with warehouse.closed():
        for source, target in ((files.evidence, files.read_evidence), (files.warehouse, files.read_copy)):
            warehouse.session.on_step(f"publish {target.name}")
            replace_with_copy(source, target)
    return True


def has_news(warehouse: Warehouse) -> bool:
    """Whether rows of core changed, or attempts brought other than unchanged, since the last publication."""
    published = published_load(warehouse.files)
    return published is None or warehouse.session.run("queries/news_since", {"load_id": published})[0][0] > 0


def published_load(files: Files) -> int | None:
    """The last load that the read copy knows; None where there is none, or one that cannot be read."""
    if not (files.read_copy.exists() and files.read_evidence.exists()):
        return None
    with connected() as connection:
        try:
            attach_published(connection, files)
            return int(Session(connection).run("queries/last_load")[0][0])
        except (WarehouseError, duckdb.Error):
            return None
