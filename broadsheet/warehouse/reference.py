"""The reference of tables, as Markdown, from what the database says of itself (COMMENT ON) and `sql/questions`."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from broadsheet.warehouse.statements import scripts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from broadsheet.warehouse.statements import Session

SCHEMAS = {
    "mart": "What an analyst opens first.",
    "core": "What we made of it: captures, readings, articles, their URLs, versions, clusters and rules.",
    "raw": "What the network said: polls of endpoints, robots.txt, URLs and their state, fetches.",
    "ops": "What the pipeline did: migrations, runs, claims, attempts, loads, check results.",
    "evidence": "What each field rests on, in a file of its own that `broadsheet sql` attaches.",
}
HEAD = """# Tables

Generated from the database's own comments by `python docs/tables.py`; a test holds it to them. Times are TIMESTAMPTZ in
UTC. Every row of `raw`, `core` and `ops.attempt` names the load that wrote it in `load_id`. With each mart stands a
question that it answers in less than a second at a million articles; `$url`, `$source` and `$now` are yours to fill in.
"""

Column = dict[str, Any]


def reference(session: Session) -> str:
    """The whole of docs/reference/tables.md. The current catalog is left as `warehouse`."""
    columns = session.records("inner/reference")
    session.connection.execute("use evidence")
    lines = [each | {"schema_name": "evidence"} for each in session.records("inner/reference")]
    session.connection.execute("use warehouse")
    kept = [each for each in lines if each["name"] == "evidence"]
    return "\n".join([HEAD, *(_schema(name, columns + kept) for name in SCHEMAS)])


def questions() -> Mapping[str, str]:
    """The question that each mart answers first: name of the mart -> statement, its first line the question."""
    return {each.name: each.text for each in scripts("questions")}


def _schema(schema: str, columns: Iterable[Column]) -> str:
    mine = [each for each in columns if each["schema_name"] == schema]
    tables = [_table(list(rows)) for _, rows in groupby(mine, key=lambda each: each["name"])]
    return "\n".join([f"## {schema}", "", SCHEMAS[schema], "", *tables])


def _table(columns: list[Column]) -> str:
    first = columns[0]
    lines = [f"### {first['schema_name']}.{first['name']}", "", first["comment"], ""]
    if first["column_name"]:
        lines += ["| column | type | what it is |", "|---|---|---|", *map(_column, columns), ""]
    question = questions().get(first["name"]) if first["schema_name"] == "mart" else None
    return "\n".join([*lines, *(["```sql", question.strip(), "```", ""] if question else [])])


def _column(column: Column) -> str:
    told = str(column["column_comment"]).replace("|", "\\|")
    return f"| `{column['column_name']}` | {str(column['data_type']).lower()} | {told} |"
