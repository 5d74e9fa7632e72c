"""One kept record in, one stage row out: what a worker process does. Nothing here knows Prefect, disk or network."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from broadsheet.archive import payload_digest
from broadsheet.codings import content_decoded
from broadsheet.model import FetchedPage, Page, Reason, Rejection, SiteRules
from broadsheet.policy import accept, classify
from broadsheet.stages import row
from extractors import extract

if TYPE_CHECKING:
    from broadsheet.stages import Row

PAGE_LIMIT = 20 << 20  # bytes of HTML after decompression; the longest of the 205 real pages is under 3 MiB

PageWork = tuple[FetchedPage, SiteRules, datetime]


def read_page(work: PageWork) -> Row:
    """(page, rules, now) -> its stage row. What may go wrong with a page is in the row as a reason."""
    page, rules, now = work
    verdict = classify(page)
    digest = payload_digest(page)
    return row(page, verdict, digest=digest) if verdict is not None else _extracted(page, rules, now, digest)


def _extracted(page: FetchedPage, rules: SiteRules, now: datetime, digest: str) -> Row:
    html = content_decoded(page.body, page.header("content-encoding"), limit=PAGE_LIMIT)
    if isinstance(html, Reason):
        return row(page, Rejection(html), digest=digest)
    extraction = extract(Page(html, page.target, page.header("content-type"), page.captured_at), rules)
    return row(page, accept(extraction, now=now), digest=digest, extraction=extraction)


def failed_row(page: FetchedPage, reason: Reason, detail: str) -> Row:
    """The row of a page whose reading failed: killed, out of memory, or by an error nobody foresaw."""
    return row(page, Rejection(reason, detail), digest=payload_digest(replace(page, body=b"")))
