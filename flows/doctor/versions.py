"""Whether what is installed is what works together (docs/decisions/0001-pins.md)."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata
from typing import TYPE_CHECKING, Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from flows.doctor.finding import fault, well

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flows.doctor.finding import Finding

US: Final = "broadsheet"
LEAST_PYTHON: Final = (3, 11)

# What breaks outside the pins; where these are not met it was seen to.
PINS: Final = {
    "prefect": ("==3.8.8", "other versions were not tried"),
    "fastapi": ("<0.151", "from 0.155 on Prefect's server does not start"),
    "sqlalchemy": (">=2.0,<2.1", "with 2.1 Prefect's server starts, and never creates a scheduled run"),
    "duckdb": ("<2.1,>=2.0.0", "1.5 can lose rows in a crash, and newer ones were not tried"),
    "trafilatura": ("==2.3.1", "texts would be read otherwise than their version says"),
    "lxml-html-clean": (">=0.4", "without it trafilatura cannot be imported"),
    "pytz": (">=2024.1", "without it DuckDB hands out no times with a zone"),
}


def python() -> Finding:
    """The interpreter."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < LEAST_PYTHON:
        return fault("python", f"{version} is too old", "install Python 3.11 or newer, and Broadsheet into it")
    return well("python", f"{version} at {sys.executable}")


def pins() -> Iterator[Finding]:
    """Each requirement that what is installed does not meet, with what comes of it; else one line that all is well."""
    broken = [found for requirement in requirements() if (found := _broken(requirement))]
    yield from broken
    if not broken:
        yield well("versions", ", ".join(f"{name} {_installed(name)}" for name in ("prefect", "fastapi", "sqlalchemy")))


def requirements() -> list[Requirement]:
    """What Broadsheet needs here, by its own metadata; where that is missing (a bare checkout), the pins alone."""
    try:
        told: Iterable[str] = metadata.requires(US) or ()
    except metadata.PackageNotFoundError:
        told = ()
    all_of = [Requirement(line) for line in told] or [Requirement(name + pin) for name, (pin, _) in PINS.items()]
    return [each for each in all_of if each.marker is None or each.marker.evaluate({"extra": ""})]


def _broken(requirement: Requirement) -> Finding | None:
    found = _installed(requirement.name)
    if found and requirement.specifier.contains(found, prereleases=True):
        return None
    told = f"{requirement.name} {found}" if found else f"{requirement.name} is not installed"
    why = PINS.get(canonicalize_name(requirement.name), ("", "it is what Broadsheet was tried with"))[1]
    wanted = f"{requirement.name}{requirement.specifier}"
    return fault("versions", f"{told}, and {requirement.specifier} is needed: {why}", f"pip install '{wanted}'")


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def server_loads() -> Finding:
    """Whether Prefect's server can be imported, tried in a process of its own."""
    code = "import prefect.server.api.server as s; s.create_app(ephemeral=True)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)  # noqa: S603 - ourselves
    if done.returncode == 0:
        return well("prefect", "its server can be loaded")
    told = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
    mend = "mend the versions named above; if there are none, install Broadsheet anew from its lock (`make`)"
    return fault("prefect", f"its server cannot be loaded: {told}", mend)
