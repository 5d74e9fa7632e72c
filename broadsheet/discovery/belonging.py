"""What of all that an endpoint names belongs to its source: hosts, patterns, pages rather than files. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from broadsheet import urls, variants

if TYPE_CHECKING:
    from broadsheet.model import Endpoint, Source

NO_PAGE: Final = re.compile(  # files that are no page, by the end of their path
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|pdf|mp[34]|m4a|wav|ogg|webm|mov|avi|zip|gz|rar|exe|apk|docx?|xlsx?|pptx?"
    r"|css|js|json|rss|atom|xml|ics|epub)$",
    re.IGNORECASE,
)


class Belonging:
    """Decides for one source and endpoint; made once for all of the endpoint's URLs, of which there may be 50,000."""

    def __init__(self, source: Source, endpoint: Endpoint) -> None:
        self._hosts = (*source.hosts, urls.host(source.home))
        self._base = endpoint.url
        self._own = {urls.normalise(source.home), urls.normalise(endpoint.url)}
        self._include = [re.compile(pattern) for pattern in source.include]
        self._exclude = [re.compile(pattern) for pattern in source.exclude]
        self._origins: dict[str, bool] = {}

    def article_url(self, url: str, base: str | None) -> str | None:
        """The URL in its normal form, out of an AMP cache if it lies in one; None if it is no page of the source."""
        normal = urls.normalise(url, base or self._base)
        if normal is None:
            return None
        normal = variants.origin_of(normal)
        return normal if self._is_page(normal) and self._is_wanted(normal) else None

    def _is_page(self, url: str) -> bool:
        """Whether it lies on the source's hosts and is neither a file that is no page nor a front page."""
        origin = "/".join(url.split("/", 3)[:3])
        if origin not in self._origins:
            self._origins[origin] = urls.belongs(url, self._hosts)
        if not self._origins[origin] or NO_PAGE.search(url.partition("?")[0]):
            return False
        return len(url) > len(origin) + 1 and url not in self._own

    def _is_wanted(self, url: str) -> bool:
        included = not self._include or any(pattern.search(url) for pattern in self._include)
        return included and not any(pattern.search(url) for pattern in self._exclude)
