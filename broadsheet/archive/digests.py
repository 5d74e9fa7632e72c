"""What a page's payload is known by."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from broadsheet.codings import content_decoded

if TYPE_CHECKING:
    from broadsheet.model import FetchedPage

DECODED_LIMIT: Final = 64 * 1024 * 1024  # bytes; beyond it the body is hashed as it came


def payload_digest(page: FetchedPage) -> str:
    """`sha256:<hex>` of the body without its content coding, so that gzip and br of one page are one payload.

    A body that cannot be decoded is hashed as received.
    """
    decoded = content_decoded(page.body, page.header("content-encoding"), limit=DECODED_LIMIT)
    body = decoded if isinstance(decoded, bytes) else page.body
    return f"sha256:{hashlib.sha256(body).hexdigest()}"
