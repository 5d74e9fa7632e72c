"""The statements of `sql/`, read from the package and run with the values they name. The only reader of `sql/`."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import duckdb

from broadsheet.warehouse.damage import explained

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Row = tuple[Any, ...]
AT_ONCE = 1_000  # rows of a stream


@dataclass(frozen=True, slots=True)
class Script:
    """One file of `sql/`: its name without the ending, and its text."""

    name: str
    text: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the text, in hex."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def severity(self) -> str | None:
        """`error` or `warning`, as the file's second line gives it (`-- severity: error`); None: it is no check."""
        label = next((line for line in self.text.splitlines() if line.startswith("-- severity: ")), None)
        return label and label.removeprefix("-- severity: ").strip()


def scripts(folder: str) -> list[Script]:
    """The files right under a folder of `sql/`, in the order of their names."""
    found = (each for each in files("sql").joinpath(folder).iterdir() if each.name.endswith(".sql"))
    return [
        Script(each.name.removesuffix(".sql"), each.read_text("utf-8")) for each in sorted(found, key=lambda e: e.name)
    ]


@cache
def statement(name: str) -> tuple[str, frozenset[str]]:
    """The text of `sql/<name>.sql` and the names of the values it binds."""
    parsed = _parsed(name)
    return parsed.query, frozenset(parsed.named_parameters)


def _parsed(name: str) -> duckdb.Statement:
    (parsed,) = duckdb.extract_statements(files("sql").joinpath(f"{name}.sql").read_text("utf-8"))
    return parsed


def nothing(_step: str) -> None:
    """What happens before a statement unless somebody looks on."""


@dataclass(frozen=True, slots=True)
class Session:
    """A connection that runs statements by name. `on_step` is told each statement's name before it runs.

    A statement is parsed once a session, as a twentieth of a load is parsing; kept for longer, DuckDB's binding
    complains at exit.
    """

    connection: duckdb.DuckDBPyConnection
    on_step: Callable[[str], None] = nothing
    _statements: dict[str, duckdb.Statement] = field(default_factory=dict, init=False, repr=False, compare=False)

    def run(self, name: str, values: Mapping[str, Any] | None = None) -> list[Row]:
        """Run `sql/<name>.sql` with those of the values that it names; its rows."""
        parsed = self._parsed(name)
        self.on_step(name)
        with explained():
            return self.connection.execute(
                parsed, {each: (values or {})[each] for each in parsed.named_parameters}
            ).fetchall()

    def change(self, name: str, values: Mapping[str, Any]) -> int:
        """Run a statement that writes; how many rows it wrote."""
        return int(self.run(name, values)[0][0])

    def records(self, name: str, values: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Like `run`, each row as a mapping from column to value."""
        rows = self.run(name, values)
        columns = [each[0] for each in self.connection.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def streamed(self, name: str, values: Mapping[str, Any] | None = None) -> Iterator[dict[str, Any]]:
        """Like `records`, a thousand rows at a time; nothing else is run on the connection meanwhile."""
        parsed = self._parsed(name)
        self.on_step(name)
        result = self.connection.execute(parsed, {each: (values or {})[each] for each in parsed.named_parameters})
        columns = [each[0] for each in result.description or ()]
        while rows := result.fetchmany(AT_ONCE):
            yield from (dict(zip(columns, row, strict=True)) for row in rows)

    def _parsed(self, name: str) -> duckdb.Statement:
        if name not in self._statements:
            self._statements[name] = _parsed(name)
        return self._statements[name]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block's statements or none of them."""
        self.connection.begin()
        try:
            yield
            self.on_step("commit")
        except BaseException:
            self.connection.rollback()
            raise
        self.connection.commit()
