"""What we note beside an answer, as WARC header fields of our own. Pure.

    Broadsheet-Role, -Source, -Url, -Tries, -Seconds, -Robots, -Opt-Outs, -Retry-At, -Reason, -Detail

`-Robots` and `-Detail` are JSON strings, for they may hold any character; a note that says nothing is left out.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from broadsheet.model import OptOut, Reason, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.model import FetchedPage

LONGEST_DETAIL: Final = 2_000  # characters; fastwarc reads 32 KiB of headers, and an escaped character takes up to 12


def noted(page: FetchedPage) -> dict[str, str]:
    """The header fields that keep what the answer itself does not say."""
    fields = {
        "Broadsheet-Role": page.role.value,
        "Broadsheet-Source": page.source,
        "Broadsheet-Url": page.url,
        "Broadsheet-Tries": str(page.tries),
        "Broadsheet-Seconds": repr(page.seconds),
        "Broadsheet-Robots": json.dumps(page.robots_line[:LONGEST_DETAIL]) if page.robots_line else "",
        "Broadsheet-Opt-Outs": " ".join(page.opt_outs),
        "Broadsheet-Retry-At": page.retry_at.isoformat() if page.retry_at else "",
        "Broadsheet-Reason": page.reason.value if page.reason else "",
        "Broadsheet-Detail": json.dumps(page.detail[:LONGEST_DETAIL]) if page.detail else "",
    }
    return {name: value for name, value in fields.items() if value}


def read_back(get: Callable[[str], str | None]) -> dict[str, Any] | None:
    """The fields of a FetchedPage from a record's headers; None: not a record of ours. Raises ValueError."""
    role = get("Broadsheet-Role")
    if role is None:
        return None
    reason, later = get("Broadsheet-Reason"), get("Broadsheet-Retry-At")
    return {
        "role": Role(role),
        "source": get("Broadsheet-Source") or "",
        "url": get("Broadsheet-Url") or "",
        "tries": int(get("Broadsheet-Tries") or 1),
        "seconds": float(get("Broadsheet-Seconds") or 0),
        "robots_line": json.loads(get("Broadsheet-Robots") or '""'),
        "opt_outs": tuple(OptOut(each) for each in (get("Broadsheet-Opt-Outs") or "").split()),
        "retry_at": datetime.fromisoformat(later) if later else None,
        "reason": Reason(reason) if reason else None,
        "detail": json.loads(get("Broadsheet-Detail") or '""'),
    }
