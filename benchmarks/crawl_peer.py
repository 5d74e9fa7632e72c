"""A Common Crawl reader over WARC files, in an environment of its own: the program that benchmarks.crawls runs there.

    python crawl_peer.py news-please|fundus FILE...

Prints {"pages", "articles", "seconds"}, the start not counted. It needs the standard library and the one peer.
"""

from __future__ import annotations

import functools
import json
import sys
import threading
import time
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Reader = Callable[[Sequence[Path]], tuple[int, int]]  # files to pages and articles


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing of it."""

    def log_message(self, *_: Any) -> None:
        """No line a request."""


def news_please() -> Reader:
    """What its CommonCrawlExtractor does with each record of a file; images are not fetched."""
    from newsplease import NewsPlease
    from warcio.archiveiterator import ArchiveIterator

    def read(files: Sequence[Path]) -> tuple[int, int]:
        pages = articles = 0
        for path in files:
            with path.open("rb") as stream:
                for record in ArchiveIterator(stream):
                    if record.rec_type != "response":
                        continue
                    pages += 1
                    try:
                        found = NewsPlease.from_warc(record, fetch_images=False)
                    except Exception:  # noqa: BLE001 - its reader goes on after any error too
                        continue
                    articles += bool(found.maintext)
        return pages, articles

    return read


def fundus() -> Reader:
    """CCNewsSource and its scraper over all publishers it knows; it wants HTTP: files are served on loopback."""
    from fundus import PublisherCollection
    from fundus.scraping.html import CCNewsSource
    from fundus.scraping.scraper import CCNewsScraper

    def read(files: Sequence[Path]) -> tuple[int, int]:
        handler = functools.partial(Quiet, directory=str(files[0].parent))
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        articles = 0
        for path in files:
            address = f"http://127.0.0.1:{server.server_port}/{path.name}"
            source = CCNewsSource(*PublisherCollection, warc_path=address)
            articles += sum(1 for _ in CCNewsScraper(source).scrape("suppress"))
        server.shutdown()
        return articles, articles  # pages of other publishers it passes over unread

    return read


PEERS: dict[str, Callable[[], Reader]] = {"news-please": news_please, "fundus": fundus}


def main(name: str, files: Sequence[Path]) -> None:
    """Read the files and tell how long it took."""
    read = PEERS[name]()
    begun = time.perf_counter()
    pages, articles = read(files)
    print(json.dumps({"pages": pages, "articles": articles, "seconds": time.perf_counter() - begun}))


if __name__ == "__main__":
    main(sys.argv[1], [Path(each).resolve() for each in sys.argv[2:]])
