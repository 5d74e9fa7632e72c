"""An answer as the page it is handed over as. Pure."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Final

from broadsheet.fetching import judge
from broadsheet.model import FetchedPage, Role

if TYPE_CHECKING:
    from broadsheet.fetching.client import Answer
    from broadsheet.model import Source

LONGEST_TRACE: Final = 1500  # characters: its end says what happened, and a WARC record takes no more


def page_of(url: str, role: Role, source: Source, answer: Answer) -> FetchedPage:
    """The page that an answer makes of a request for `url`, with its reason where it brings none."""
    reason = None if role is Role.REDIRECT else judge.reason(answer)
    return FetchedPage(
        url=url,
        target=answer.url,
        role=role,
        source=source.name,
        captured_at=answer.at,
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        reason=reason,
        detail=answer.detail or (f"HTTP {answer.status}" if reason else ""),
        tries=answer.tries,
        seconds=answer.seconds,
        retry_at=answer.retry_at,
    )


def traced() -> str:
    """The end of the traceback of the error being handled."""
    return traceback.format_exc()[-LONGEST_TRACE:]
