"""The command line `broadsheet`. Commands that need no Prefect do not load it (it takes 0.9 s)."""

from flows.cli.app import main

__all__ = ["main"]
