"""Pages that people already hold, in other forms than WARC: tables of them, folders of HTML, listings of files afar.

    files, folders, globs ─holdings→ Holding ─pages_of→ FetchedPage, or why there is none

What comes out is written into segments of ours before it is read: everything that is read was first kept.
"""

from broadsheet.holdings.columns import Columns
from broadsheet.holdings.downloading import Download, download, text_of
from broadsheet.holdings.finding import Form, Holding, holdings
from broadsheet.holdings.listing import Listed, listed, months
from broadsheet.holdings.pages import PASSED, pages_of

__all__ = [
    "PASSED",
    "Columns",
    "Download",
    "Form",
    "Holding",
    "Listed",
    "download",
    "holdings",
    "listed",
    "months",
    "pages_of",
    "text_of",
]
