"""`python docs/tables.py`: writes docs/reference/tables.md anew from an empty warehouse."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from broadsheet.warehouse import open_warehouse
from broadsheet.warehouse.reference import reference

if __name__ == "__main__":
    with TemporaryDirectory() as folder, open_warehouse(Path(folder), now=datetime.now(UTC)) as warehouse:
        told = reference(warehouse.session)
    Path(__file__).with_name("reference").joinpath("tables.md").write_text(told, encoding="utf-8")
