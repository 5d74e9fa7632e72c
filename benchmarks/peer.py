"""One extractor over pages, in an environment of its own: the program that benchmarks.peers runs there.

    python peer.py NAME ROUNDS < pages.jsonl > answers.jsonl

A page is {"id", "url", "html"} with its bytes in base64; an answer {"id", "text", "title", "authors", "published_at",
"seconds"}, the CPU seconds of each round. It needs the standard library and the one peer, for nothing else is there.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Extract = Callable[[bytes, str], dict[str, Any]]

WARM = 5  # pages read before the first that counts


def broadsheet() -> Extract:
    """Ours, with all fields and evidence; the caches of its engine emptied likewise."""
    from trafilatura.meta import reset_caches

    from extractors import extract_html

    def extract(html: bytes, url: str) -> dict[str, Any]:
        reset_caches()
        found = extract_html(html, url)
        return _answer(found.text, found.title, found.authors, found.published_at)

    return extract


def trafilatura() -> Extract:
    """With metadata, without comments; its caches emptied before each page, as its answers hang on them."""
    from trafilatura import bare_extraction
    from trafilatura.meta import reset_caches

    def extract(html: bytes, url: str) -> dict[str, Any]:
        reset_caches()
        found = bare_extraction(html, url=url, with_metadata=True, include_comments=False)
        if found is None:
            return {}
        return _answer(found.text, found.title, [name for name in (found.author or "").split("; ") if name], found.date)

    return extract


def newspaper4k() -> Extract:
    """As its documentation does for HTML at hand; without images, as they would be fetched."""
    from newspaper import Article

    def extract(html: bytes, url: str) -> dict[str, Any]:
        found = Article(url, fetch_images=False)
        found.download(input_html=_decoded(html))
        found.parse()
        return _answer(found.text, found.title, found.authors, found.publish_date)

    return extract


def news_please() -> Extract:
    """NewsPlease.from_html, which joins newspaper, readability and its own; without images."""
    from newsplease import NewsPlease

    def extract(html: bytes, url: str) -> dict[str, Any]:
        found = NewsPlease.from_html(_decoded(html), url=url, fetch_images=False)
        return _answer(found.maintext, found.title, found.authors, found.date_publish)

    return extract


def goose3() -> Extract:
    """Without images, as they would be fetched."""
    from goose3 import Goose

    goose = Goose({"enable_image_fetching": False})

    def extract(html: bytes, url: str) -> dict[str, Any]:
        del url
        found = goose.extract(raw_html=_decoded(html))
        return _answer(found.cleaned_text, found.title, found.authors, found.publish_datetime_utc or found.publish_date)

    return extract


def readability_lxml() -> Extract:
    """Body and title alone; it has no other fields."""
    from lxml.html import fromstring
    from readability import Document

    def extract(html: bytes, url: str) -> dict[str, Any]:
        found = Document(_decoded(html), url=url)
        return _answer(fromstring(found.summary()).text_content(), found.short_title(), [], None)

    return extract


def resiliparse() -> Extract:
    """Main content as plain text, and the page's title."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    def extract(html: bytes, url: str) -> dict[str, Any]:
        del url
        tree = HTMLTree.parse(_decoded(html))
        return _answer(extract_plain_text(tree, main_content=True, alt_texts=False, links=False), tree.title, [], None)

    return extract


PEERS: dict[str, Callable[[], Extract]] = {
    "broadsheet": broadsheet,
    "trafilatura": trafilatura,
    "newspaper4k": newspaper4k,
    "news-please": news_please,
    "goose3": goose3,
    "readability-lxml": readability_lxml,
    "resiliparse": resiliparse,
}


def _answer(text: str | None, title: str | None, authors: Any, published: Any) -> dict[str, Any]:
    when = published.isoformat() if hasattr(published, "isoformat") else published
    return {"text": text or "", "title": title or "", "authors": list(authors or ()), "published_at": when or None}


def _decoded(html: bytes) -> str:
    """The page as text: by the charset that it names, for the peers that want text."""
    named = re.search(rb"""charset=["']?([\w-]+)""", html[:4096])
    try:
        return html.decode(named[1].decode() if named else "utf-8")
    except (LookupError, UnicodeDecodeError):
        return html.decode("utf-8", "replace")


def _timed(extract: Extract, page: dict[str, str], salt: str) -> tuple[dict[str, Any], float]:
    html = base64.b64decode(page["html"]) + f"<!-- {salt} -->".encode()  # no page is seen twice
    begun = time.process_time()
    try:
        found = extract(html, page["url"])
    except Exception as error:  # noqa: BLE001 - a peer that raises has no answer
        found = {"error": f"{type(error).__name__}: {error}"}
    return found, time.process_time() - begun


def main(name: str, rounds: int) -> None:
    """Answers the pages of standard input."""
    extract = PEERS[name]()
    pages = [json.loads(line) for line in sys.stdin]
    for page in pages[:WARM]:
        _timed(extract, page, "warm")
    for page in pages:
        answers = [_timed(extract, page, str(number)) for number in range(rounds)]
        print(json.dumps({"id": page["id"], **answers[0][0], "seconds": [seconds for _, seconds in answers]}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
