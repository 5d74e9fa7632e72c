"""Every table that knows of an article, a URL or a source is one that forgetting looks at."""

import re
from importlib.resources import files

from warehousing import ask, opened

TELLING = {
    "url", "url_id", "article_id", "extraction_id", "text_id", "text", "title", "source", "sources", "host", "origin",
    "sample", "detail", "line", "raw", "value", "alias_id", "cluster_id",
}  # fmt: skip
KEPT = {
    "ops.run": "which sources a run was for: no word of theirs",
    "core.cluster_change": "ids alone",
    "core.cluster_alias": "ids alone",
}


def test_every_table_that_knows_of_an_article_is_cleared_or_kept_for_a_reason(tmp_path):
    with opened(tmp_path / "data") as warehouse:
        columns = ask(
            warehouse,
            "select distinct schema_name || '.' || table_name, column_name from duckdb_columns() "
            "where not internal and database_name in ('warehouse', 'evidence') "
            "and table_name in (select table_name from duckdb_tables() where not temporary)",
        )
    telling = {table.replace("main.", "evidence.") for table, column in columns if column in TELLING}
    texts = [
        each.read_text("utf-8") for each in files("sql").joinpath("forget").iterdir() if each.name.endswith(".sql")
    ]
    cleared = {
        table for text in texts for table in re.findall(r"^(?:delete from|update) (\w+\.\w+)", text, re.MULTILINE)
    }
    assert telling - cleared == set(KEPT)
