"""`broadsheet sql` at a terminal: a prompt over the newest read copy."""

from flows.cli.shell.opening import run_shell

__all__ = ["run_shell"]
