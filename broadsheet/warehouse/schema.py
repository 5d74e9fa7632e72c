"""Migrations: numbered files of plain SQL, each applied once, in one transaction and followed by a checkpoint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.errors import WarehouseError
from broadsheet.warehouse.statements import Script, Session, scripts

if TYPE_CHECKING:
    from datetime import datetime

MARTS = 0  # the version that stands for all of sql/marts: views, made anew whenever their text changes


@dataclass(frozen=True, slots=True)
class SchemaStatus:
    """How a database file stands to this program: its schema, the newest we know, and what is to be applied."""

    name: str
    version: int
    known: int
    pending: tuple[str, ...]


def schema_status(session: Session, folder: str, *, name: str) -> SchemaStatus:
    """The schema of the current catalog beside that of a folder of `sql/`. WarehouseError: newer, or altered."""
    known = scripts(folder)
    applied = _applied(session)
    _refuse(known, applied, name)
    pending = tuple(each.name for each in known if _number(each) not in applied)
    return SchemaStatus(name, max(applied, default=MARTS), max(map(_number, known)), pending)


def migrate(session: Session, folder: str, *, name: str, now: datetime) -> int:
    """Bring the current catalog to the newest schema of a folder of `sql/`; how many files were applied.

    `name` is what messages call the database. A schema newer than ours, or altered, is a WarehouseError.
    """
    known = scripts(folder)
    applied = _applied(session)
    _refuse(known, applied, name)
    fresh = [each for each in known if _number(each) not in applied]
    for each in fresh:
        _apply(session, [each], _number(each), each, now)
    return len(fresh)


def renew_marts(session: Session, *, now: datetime) -> bool:
    """Make the views of `sql/marts` anew if their text is not the one applied last; whether it was done.

    Those of `sql/marts/base` come first: others stand on them.
    """
    views = [*scripts("marts/base"), *scripts("marts")]
    whole = Script("marts", "\n".join(each.text for each in views))
    if _applied(session).get(MARTS) == whole.checksum:
        return False
    _apply(session, views, MARTS, whole, now)
    return True


def _number(script: Script) -> int:
    return int(script.name.split("_")[0])


def _applied(session: Session) -> dict[int, str]:
    if not session.run("inner/has_migrations"):
        return {}
    return {version: checksum for version, checksum in session.run("inner/migrations")}  # noqa: C416 - typed


def _refuse(known: list[Script], applied: dict[int, str], name: str) -> None:
    checksums = {_number(each): each.checksum for each in known}
    newest = max(applied, default=MARTS)
    if newest > max(checksums):
        raise WarehouseError(
            f"{name} has schema {newest} and this Broadsheet knows {max(checksums)}: "
            "upgrade Broadsheet, or use the data folder that goes with it"
        )
    own = sorted(applied.keys() - {MARTS})
    if unknown := [each for each in own if each not in checksums]:
        raise WarehouseError(
            f"{name} has migration {unknown[0]}, which this Broadsheet does not know: "
            "use the Broadsheet that made it, or move the file away and ingest the archive again"
        )
    altered = [each for each in own if applied[each] != checksums[each]]
    if altered:
        raise WarehouseError(
            f"{name} was made by another text of migration {altered[0]}: "
            "use the Broadsheet that made it, or move the file away and ingest the archive again"
        )


def _apply(session: Session, parts: list[Script], number: int, recorded: Script, now: datetime) -> None:
    session.on_step(f"migrate {recorded.name}")
    with session.transaction():
        for each in parts:
            session.connection.execute(each.text)
        values = {"version": number, "name": recorded.name, "checksum": recorded.checksum, "now": now}
        session.run("inner/forget_migration", values)
        session.run("inner/record_migration", values)
    session.connection.execute("checkpoint")
