"""The start of the prompt: settings read, the room entered. What draws the prompt is loaded here and not before."""

from __future__ import annotations

from broadsheet.config import read_settings
from flows.cli.formats import chosen


def run_shell(fmt: str | None, seconds: float | None) -> None:
    r"""Read statements and commands until the end of input or `\q`.

    WarehouseError: there is no read copy. ConfigError: no such format.
    """
    from broadsheet.desk import Desk  # noqa: PLC0415 - `sql "..."` and --help need none of it
    from flows.cli.shell.loop import converse  # noqa: PLC0415
    from flows.cli.shell.state import State  # noqa: PLC0415

    with Desk(read_settings().data) as desk:
        desk.renew()
        converse(State(desk, chosen(fmt, None), seconds))
