"""Stage files of new articles that nobody wrote, as the extract stage would leave them."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from benchmarks.synthetic import sentences
from broadsheet.model import stable_id

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
BATCH = 1000  # articles
FIELDS = ("title", "authors", "published_at", "section", "tags", "language", "description", "images")
LINES = 30  # candidates an article of a real paper has


def row(number: int, text: str) -> dict[str, Any]:
    """The stage row of a new article."""
    source = f"paper-{number % 100:02d}"
    url, title = f"https://{source}.test/2026/11/20/fresh-{number}", f"Fresh story {number} of {source}"
    digest = "sha256:" + hashlib.sha256(f"{title}{text}".encode()).hexdigest()
    evidence = [
        {"field": FIELDS[at % 8], "producer": "json-ld", "locator": f"meta[{at}]", "value": title, "raw": f"{title}!",
         "raw_hash": hashlib.sha256(f"{number} {at}".encode()).hexdigest(), "chosen": at < 8}
        for at in range(LINES)
    ]  # fmt: skip
    extraction = {
        "extraction_id": stable_id(f"{digest}|{url}|1"), "version": "1", "page_kind": "article", "kind_evidence": "og",
        "canonical_url": url, "canonical_id": stable_id(url), "title": title, "authors": ["Ann Lee"],
        "author_kinds": ["person"], "published_at": "2026-11-20T06:00:00+00:00", "published_on": "2026-11-20",
        "published_precision": "minute", "published_offset_minutes": 60, "published_zone_source": "page",
        "modified_at": None, "modified_on": None, "section": "City", "tags": ["bridges", "traffic"], "language": "en",
        "declared_language": "en", "description": text[:120],
        "images": [{"url": f"{url}/a.jpg", "caption": "", "credit": ""}], "site_name": source, "next_page": None,
        "access": "free", "text": text, "text_producer": "trafilatura", "word_count": len(text.split()),
        "dropped": [{"text": "Share this", "reason": "furniture"}], "evidence": evidence,
    }  # fmt: skip
    return {
        "url_id": stable_id(url), "url": url, "target": url, "source": source, "captured_at": NOW.isoformat(),
        "status": 200, "content_type": "text/html", "etag": f'"{number}"', "last_modified": None,
        "payload_digest": digest, "body_bytes": 20000, "tries": 1, "seconds": 0.25, "robots_line": "",
        "warc_file": "archive/a.warc.gz", "warc_offset": number * 1000, "warc_length": 900, "disposition": "article",
        "reason": None, "detail": "", "content_hash": hashlib.sha256(f"{title}{text}".encode()).hexdigest(),
        "extraction": extraction,
    }  # fmt: skip


def stage(path: Path, first: int) -> Path:
    """A stage file of BATCH new articles."""
    rng, known = random.Random(first), sentences()
    with gzip.open(path, "wt", compresslevel=1, encoding="utf-8") as file:
        for number in range(first, first + BATCH):
            text = " ".join(rng.choices(known, k=22)) + f" ({number})"
            file.write(json.dumps(row(number, text), separators=(",", ":")) + "\n")
    return path
