"""DuckDB: migrate, plan, load, check, publish, ask. The only reader of `sql/`, and the only door to the warehouse."""

from broadsheet.warehouse.checking import CheckResult
from broadsheet.warehouse.files import Files
from broadsheet.warehouse.opening import open_read_copy, open_warehouse
from broadsheet.warehouse.positions import KeptAnswer, KeptCapture, KeptFile, Places
from broadsheet.warehouse.publishing import Limits, has_news, publish, publish_within
from broadsheet.warehouse.room import Warehouse
from broadsheet.warehouse.rules import Learning
from broadsheet.warehouse.schedule import Schedule
from broadsheet.warehouse.schema import SchemaStatus
from broadsheet.warehouse.standing import RunStatus, SourceStatus, Status, status
from broadsheet.warehouse.statements import Session
from broadsheet.warehouse.telling import RunFacts
from broadsheet.warehouse.upkeep import Backup, DatabaseStatus, backup, database_status, migrated, restore

__all__ = [
    "Backup",
    "CheckResult",
    "DatabaseStatus",
    "Files",
    "KeptAnswer",
    "KeptCapture",
    "KeptFile",
    "Learning",
    "Limits",
    "Places",
    "RunFacts",
    "RunStatus",
    "Schedule",
    "SchemaStatus",
    "Session",
    "SourceStatus",
    "Status",
    "Warehouse",
    "backup",
    "database_status",
    "has_news",
    "migrated",
    "open_read_copy",
    "open_warehouse",
    "publish",
    "publish_within",
    "restore",
    "status",
]
