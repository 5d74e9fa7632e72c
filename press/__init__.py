"""The sample press: three fictional papers, served over HTTP, with a ledger of what must come out of them.

`press.pages.pages(edition)` holds every page as a value, `ledger(edition)` what a pipeline must make of them,
`furniture(source)` the lines that must never reach a text, `SOURCES_TOML` the papers as a sources.toml names them,
and `press.server` serves them. The same edition is the same bytes, always. All sentences were written for this project.
"""

from press.accounts import furniture, ledger
from press.lines import lines
from press.model import Answer, Block, LedgerEntry
from press.pages import answer
from press.paper import NOW
from press.sources import SOURCES_TOML

HOSTS: tuple[str, ...] = ("www.harbourgazette.test", "alpenkurier.test", "shiosai-shimbun.test")

__all__ = [
    "HOSTS", "NOW", "SOURCES_TOML", "Answer", "Block", "LedgerEntry", "answer", "furniture", "ledger", "lines",
]  # fmt: skip
