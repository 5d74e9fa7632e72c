"""Prefect's REST interface, asked with the standard library: it works where Prefect itself cannot be imported."""

from __future__ import annotations

import base64
import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.errors import Transient

if TYPE_CHECKING:
    from collections.abc import Mapping

BUSY = 503  # what a server answers whose SQLite is locked; nothing was done then
WAITS = (0.5, 1.0, 2.0, 4.0)  # seconds until it is asked again
PAGE = 200  # rows Prefect answers at most


class NoAnswer(Transient):
    """The Prefect server does not answer, or not as one does."""


class Refused(NoAnswer):
    """The server answered with an error; `status` is its HTTP status."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Api:
    """A Prefect server, by its address: `http://127.0.0.1:4200/api`."""

    url: str
    seconds: float = 10

    @property
    def pages(self) -> str:
        """Where people look at it: the new interface, whose links last (`/v2`)."""
        return f"{self.url.removesuffix('/').removesuffix('/api')}/v2"

    def get(self, path: str) -> Any:  # noqa: ANN401 - JSON
        """What a path holds. NoAnswer, Refused."""
        return self._asked("GET", path, None)

    def post(self, path: str, body: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - JSON
        """What comes of a question or an order. NoAnswer, Refused."""
        return self._asked("POST", path, body or {})

    def patch(self, path: str, body: Mapping[str, Any]) -> None:
        """Change something. NoAnswer, Refused."""
        self._asked("PATCH", path, body)

    def put(self, path: str, body: Mapping[str, Any]) -> None:
        """Replace something. NoAnswer, Refused."""
        self._asked("PUT", path, body)

    def delete(self, path: str) -> None:
        """Take something away. NoAnswer, Refused."""
        self._asked("DELETE", path, None)

    def every(self, path: str, body: Mapping[str, Any]) -> list[dict[str, Any]]:
        """All rows that a filter finds, page by page."""
        found: list[dict[str, Any]] = []
        while True:
            page = self.post(path, {**body, "limit": PAGE, "offset": len(found)})
            found += page
            if len(page) < PAGE:
                return found

    def is_healthy(self) -> bool:
        """Whether it answers."""
        try:
            return self.get("/health") is True
        except NoAnswer:
            return False

    def _asked(self, method: str, path: str, body: Mapping[str, Any] | None) -> Any:  # noqa: ANN401 - JSON
        for wait in WAITS:
            try:
                return self._once(method, path, body)
            except Refused as error:
                if error.status != BUSY:
                    raise
            time.sleep(wait)
        return self._once(method, path, body)

    def _once(self, method: str, path: str, body: Mapping[str, Any] | None) -> Any:  # noqa: ANN401 - JSON
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url.rstrip("/") + path, data=data, method=method, headers=_headers())  # noqa: S310 - an address that a person configured
        try:
            with _opener(self.url).open(request, timeout=self.seconds) as answer:
                text = answer.read()
                return json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            with error:
                told = error.read(500).decode("utf-8", "replace")
            raise Refused(f"{method} {self.url}{path}: HTTP {error.code} {told}", error.code) from None
        except (OSError, ValueError) as error:
            raise NoAnswer(f"no Prefect server answers at {self.url}: {getattr(error, 'reason', error)}") from error


def _opener(url: str) -> urllib.request.OpenerDirector:
    """What opens addresses: this machine's own without a proxy, whatever the environment says of proxies."""
    here = urllib.parse.urlsplit(url).hostname in {"127.0.0.1", "::1", "localhost"}
    return urllib.request.build_opener(*([urllib.request.ProxyHandler({})] if here else []))


def _headers() -> dict[str, str]:
    """What Prefect's own clients send: the type, and who we are if the server wants to know."""
    headers = {"content-type": "application/json"}
    if key := os.environ.get("PREFECT_API_KEY"):
        headers["authorization"] = f"Bearer {key}"
    elif pair := os.environ.get("PREFECT_API_AUTH_STRING"):
        headers["authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return headers
