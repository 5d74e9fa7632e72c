"""Reaching pages: politely, within bounds, and only at public addresses. Bodies are handed over as received."""

from broadsheet.fetching.fetch import fetch_all
from broadsheet.fetching.hosts import Hosts
from broadsheet.fetching.network import Network, PageRequest, needs_contact
from broadsheet.fetching.pages import traced
from broadsheet.fetching.proxies import proxies_of_environment
from broadsheet.fetching.robots import robots_answer
from broadsheet.fetching.session import allow_files

__all__ = [
    "Hosts",
    "Network",
    "PageRequest",
    "allow_files",
    "fetch_all",
    "needs_contact",
    "proxies_of_environment",
    "robots_answer",
    "traced",
]
