"""DuckDB: migrate, plan, load, check, publish, ask. The only reader of `sql/`, and the only door to the warehouse."""

from broadsheet.warehouse.checking import CheckResult
from broadsheet.warehouse.files import Files
from broadsheet.warehouse.opening import open_read_copy, open_warehouse
from broadsheet.warehouse.positions import KeptAnswer, KeptCapture, KeptFile, Places
from broadsheet.warehouse.publishing import has_news, publish
from broadsheet.warehouse.room import Warehouse
from broadsheet.warehouse.rules import Learning
from broadsheet.warehouse.schedule import Schedule
from broadsheet.warehouse.standing import RunStatus, SourceStatus, Status, status
from broadsheet.warehouse.statements import Session

__all__ = [
    "CheckResult",
    "Files",
    "KeptAnswer",
    "KeptCapture",
    "KeptFile",
    "Learning",
    "Places",
    "RunStatus",
    "Schedule",
    "Session",
    "SourceStatus",
    "Status",
    "Warehouse",
    "has_news",
    "open_read_copy",
    "open_warehouse",
    "publish",
    "status",
]
