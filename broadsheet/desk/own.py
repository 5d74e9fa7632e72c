"""The desk's own statements: which tables, columns and words there are (`sql/desk`)."""

from broadsheet.warehouse.statements import scripts


def own_statement(name: str) -> str:
    """The text of `sql/desk/<name>.sql`. KeyError: there is none."""
    return {each.name: each.text for each in scripts("desk")}[name]
