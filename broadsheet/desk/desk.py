"""A place at the read copy: always the newest, one statement at a time, which can be stopped."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from broadsheet.desk.watch import Watch, located
from broadsheet.errors import StatementError
from broadsheet.warehouse import Files, open_read_copy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import duckdb

    Seal = tuple[tuple[int, int, int], ...]

AT_ONCE = 1_000  # rows of a stream
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer: its name, and its type in DuckDB's words."""

    name: str
    type: str

    @property
    def is_number(self) -> bool:
        """Whether its values stand on the right of a table."""
        kind = self.type.split("(")[0]
        return kind in NUMBERS or kind.removeprefix("U") in INTEGERS


INTEGERS = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT"})
NUMBERS = frozenset({"HUGEINT", "UHUGEINT", "FLOAT", "DOUBLE", "DECIMAL"})


@dataclass(frozen=True, slots=True)
class Answer:
    """Columns and rows of a statement; the rows are computed as they are taken, and can be taken once."""

    columns: tuple[Column, ...]
    rows: Iterator[Row]

    @property
    def names(self) -> list[str]:
        """Names of the columns, the second `a` as `a_1`: a JSON object has each name once."""
        names = [column.name for column in self.columns]
        return [name if (seen := names[:at].count(name)) == 0 else f"{name}_{seen}" for at, name in enumerate(names)]


class Desk:
    """Ask the read copy of a data folder. Statements run beside the caller's thread, so that Ctrl-C stops them.

    `writable` are the only files that a statement may write. Without a read copy the first question is a
    WarehouseError.
    """

    def __init__(self, data: Path, *, writable: tuple[Path, ...] = ()) -> None:
        self._data, self._writable = data, writable
        self._opened: tuple[duckdb.DuckDBPyConnection, Seal] | None = None
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="desk")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the read copy."""
        self._let_go()
        self._beside.shutdown()

    def _let_go(self) -> None:
        if self._opened:
            self._opened[0].close()
            self._opened = None

    def renew(self) -> bool:
        """Open the read copy, or the newer one that took its place; whether one was replaced.

        DuckDB hands out the old content as long as any connection to the old file is open, so it is closed first.
        """
        seal = _seal(Files(self._data))
        if self._opened and self._opened[1] == seal:
            return False
        replaced = self._opened is not None
        self._let_go()
        self._opened = open_read_copy(self._data, located=True, writable=self._writable), seal
        return replaced

    @property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        self.renew()
        assert self._opened
        return self._opened[0]

    def statements(self, text: str) -> list[str]:
        """The single statements of a text. StatementError: it is no SQL."""
        with located(text):
            return [each.query.strip().rstrip(";").rstrip() for each in self._connection.extract_statements(text)]

    def ask(self, text: str, values: Mapping[str, Any] | None = None, *, seconds: float | None = None) -> Answer:
        """Begin one statement with the values that it names. `seconds`: the most that its answer may take.

        StatementError: it is wrong, takes too long, is none or several, or names values that are not given.
        """
        connection = self._connection
        given = _given(self._single(text).named_parameters, values or {})
        watch = Watch(connection, self._beside, text, seconds)
        watch.run(lambda: connection.execute(text, given))
        columns = tuple(Column(str(each[0]), str(each[1])) for each in connection.description or ())
        return Answer(columns, _rows(watch, connection))

    def _single(self, text: str) -> duckdb.Statement:
        with located(text):
            parsed = self._connection.extract_statements(text)
        if len(parsed) != 1:
            raise StatementError("one statement at a time")
        return parsed[0]

    def write_parquet(self, text: str, path: Path, values: Mapping[str, Any], *, seconds: float | None = None) -> None:
        """Write the answer of one statement as a Parquet file, which must be among the writable."""
        connection, quoted = self._connection, str(path.absolute()).replace("'", "''")
        single = self._single(text).query.strip().rstrip(";")
        copy = f"copy (\n{single}\n) to '{quoted}' (format parquet, compression zstd)"
        with located(text, before=len("copy (\n")):
            (parsed,) = connection.extract_statements(copy)
        given = _given(parsed.named_parameters, values)
        watch = Watch(connection, self._beside, text, seconds, before=len("copy (\n"))
        watch.run(lambda: connection.execute(copy, given))


def _rows(watch: Watch, connection: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    while rows := watch.run(lambda: connection.fetchmany(AT_ONCE)):
        yield from rows


def _seal(files: Files) -> Seal:
    """What tells the published pair from the one before it: a rename brings other inodes."""
    told = (path.stat() for path in (files.read_copy, files.read_evidence) if path.exists())
    return tuple((each.st_dev, each.st_ino, each.st_mtime_ns) for each in told)


def _given(wanted: set[str], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that a statement names. StatementError: one is missing, or one is not named."""
    if missing := sorted(wanted - values.keys()):
        raise StatementError(f"no value is given for {_listed(missing)}: --param {missing[0]}=VALUE")
    if unknown := sorted(values.keys() - wanted):
        raise StatementError(f"the statement does not name {_listed(unknown)}")
    return {name: values[name] for name in wanted}


def _listed(names: list[str]) -> str:
    return ", ".join(f"${name}" for name in names)
