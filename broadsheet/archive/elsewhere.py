"""The second place of the archive: a store whose URL (`archive/elsewhere.txt`) leads to files that are not on disk."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from broadsheet.errors import ArchiveError

if TYPE_CHECKING:
    from pathlib import Path

NOTE: Final = "elsewhere.txt"


def place_of(root: Path) -> str:
    """The URL of the archive's second place; empty: it has none."""
    try:
        return (root / "archive" / NOTE).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def note(root: Path, address: str) -> None:
    """Write down the URL of the second place."""
    part = root / "archive" / f"{NOTE}.part"
    part.write_text(f"{address}\n", encoding="utf-8")
    part.replace(root / "archive" / NOTE)


def brought(root: Path, file: str) -> bool:
    """Fetch a file of the archive that is not on disk; False: the second place lacks it, or there is none.

    ArchiveError: the store does not answer.
    """
    address = place_of(root)
    if not address or not file.startswith("archive/"):
        return False
    from broadsheet.exports.folders import folder_at  # noqa: PLC0415 - fsspec is an extra, and loads many modules

    target = root / file
    part = target.with_name(f"{target.name}.part")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with folder_at(address).at_hand(file.removeprefix("archive/")) as found:
            shutil.copyfile(found, part)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise ArchiveError(f"{address}: {error}") from error
    part.replace(target)
    return True
