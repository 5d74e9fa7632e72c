"""`broadsheet up`, `down`, `logs` and `doctor`. Each loads what it needs when it runs."""
# ruff: noqa: FBT002, PLC0415 - typer makes flags of bools; a command loads what it needs when it runs

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]
Folder = Annotated[Path | None, typer.Option("--data", help="The data folder. None: BROADSHEET_DATA.")]


def up(  # noqa: PLR0913, PLR0917 - its options
    detach: Annotated[bool, typer.Option("--detach", "-d", help="Go on behind, and return when it is up.")] = False,
    demo: Annotated[bool, typer.Option("--demo", help="Serve the sample press; a run every 30 seconds.")] = False,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="The server's port; 0: a free one. None: BROADSHEET_PORT.")
    ] = None,
    deployments: Annotated[
        Path | None, typer.Option(help="When, where and what. None: deployments/prefect.yaml.", metavar="FILE")
    ] = None,
    data: Folder = None,
    as_json: AsJson = False,
    behind: Annotated[bool, typer.Option("--behind", hidden=True)] = False,
) -> None:
    """Bring up Prefect's server and UI, a worker and the schedules, and keep them up until Ctrl-C or `broadsheet down`.

    With PREFECT_API_URL set, that server is used instead of one of our own.
    """
    from flows.cli.up import Asked, bring_up, bring_up_behind

    asked = Asked(data, port, deployments, demo)
    if detach:
        bring_up_behind(asked, as_json=as_json)
    else:
        bring_up(asked, behind=behind, as_json=as_json)


def down(
    now: Annotated[bool, typer.Option("--now", help="Cancel the runs at work instead of waiting for them.")] = False,
    data: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Let no new run begin, wait for those at work, and stop what `broadsheet up` brought up."""
    from flows.cli.down import take_down

    take_down(data, now=now, as_json=as_json)


def logs(
    part: Annotated[
        str | None, typer.Argument(help="up, server, worker or press. None: all.", metavar="[PART]")
    ] = None,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on with what comes, until Ctrl-C.")] = False,
    lines: Annotated[int, typer.Option("--lines", "-n", min=0, help="Lines of each to begin with.")] = 20,
    data: Folder = None,
) -> None:
    """Show what `broadsheet up` and its parts say."""
    from flows.cli.logs import show_logs

    show_logs(data, part, follow=follow, lines=lines)


def doctor(data: Folder = None, as_json: AsJson = False) -> None:
    """Examine versions, disk, clock, sources, archive, warehouse, server, schedules, worker and runs.

    Each fault comes with what mends it. Exit code 1: there is one.
    """
    from flows.cli.doctor import examine

    examine(data, as_json=as_json)


COMMANDS: Final = (
    (up, "Example: `broadsheet up --detach`; to look around: `broadsheet up --demo`"),
    (down, "Example: `broadsheet down`; with --now if it cannot wait"),
    (logs, "Example: `broadsheet logs -f worker`"),
    (doctor, "Example: `broadsheet doctor --json | jq .findings`"),
)
