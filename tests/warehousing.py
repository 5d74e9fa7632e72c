"""Small stage rows and warehouses for the tests of the warehouse."""

import gzip
import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from broadsheet.model import (
    DiscoveredUrl,
    Endpoint,
    EndpointKind,
    EndpointPoll,
    LoadBatch,
    Run,
    Source,
    stable_id,
)
from broadsheet.warehouse import open_warehouse

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SOURCE = Source("paper", "https://paper.test/", hosts=("paper.test",))
FEED = Endpoint("https://paper.test/feed.xml", EndpointKind.FEED)
TEXT = "The bridge over the river was closed on Monday.\nWorkers found a crack in the third pillar, the city said."


def url(name):
    return f"https://paper.test/{name}"


def run(name="run-1", kind="ingest", at=NOW):
    return Run(name, kind, at, (SOURCE.name,))


def row(name, at=NOW, *, disposition="article", **more):
    """A stage row of the page `name`, captured `at`; what is in `more` replaces columns."""
    address = url(name)
    base = {
        "url_id": stable_id(address), "url": address, "target": address, "source": SOURCE.name,
        "captured_at": at.isoformat(), "status": 200, "content_type": "text/html", "etag": f'"{name}"',
        "last_modified": None, "payload_digest": None, "body_bytes": 1000, "tries": 1, "seconds": 0.25,
        "robots_line": "", "warc_file": "archive/a.warc.gz", "warc_offset": 0, "warc_length": 500,
        "disposition": disposition, "reason": None, "detail": "", "content_hash": None, "extraction": None,
    }  # fmt: skip
    return base | more


def article(name, at=NOW, *, title="Bridge closed", text=TEXT, version="1", canonical=None, page="", **more):
    """A stage row of an accepted article. `page` stands for what surrounds the text."""
    digest = "sha256:" + hashlib.sha256(f"{title}{text}{page}".encode()).hexdigest()
    address = url(name)
    canonical_url = url(canonical) if canonical else None
    extraction = {
        "extraction_id": stable_id(f"{digest}|{address}|{version}"), "version": version, "page_kind": "article",
        "kind_evidence": "", "canonical_url": canonical_url, "canonical_id": stable_id(canonical_url or address),
        "title": title, "authors": ["Ann Lee"], "author_kinds": ["person"],
        "published_at": "2026-11-20T06:00:00+00:00", "published_on": "2026-11-20", "published_precision": "minute",
        "published_offset_minutes": 60, "published_zone_source": "page", "modified_at": None, "modified_on": None,
        "section": "City", "tags": ["bridges", "traffic"], "language": "en", "declared_language": "en",
        "description": "A bridge is closed.",
        "images": [{"url": "https://paper.test/a.jpg", "caption": "", "credit": ""}],
        "site_name": "The Paper", "next_page": None, "access": "free", "text": text, "text_producer": "trafilatura",
        "word_count": len(text.split()), "dropped": [{"text": "Share this", "reason": "furniture"}],
        "evidence": [
            {"field": "title", "producer": "json-ld", "locator": "headline", "value": title, "raw": title,
             "raw_hash": "a", "chosen": True},
            {"field": "title", "producer": "dom", "locator": "h1", "value": "Other", "raw": "Other",
             "raw_hash": "b", "chosen": False},
        ],
    }  # fmt: skip
    hashed = hashlib.sha256(f"{title}\n{text}\n{version}".encode()).hexdigest()
    return row(name, at, payload_digest=digest, content_hash=hashed, extraction=extraction) | more


def rejected(name, reason, at=NOW, **more):
    return row(name, at, disposition="rejected", reason=reason, **more)


def gone(name, at=NOW):
    return row(name, at, disposition="gone", reason="not_found", status=404)


def unchanged(name, at=NOW):
    return row(name, at, disposition="unchanged", status=304, etag=None)


def deferred(name, reason="over_budget", at=NOW):
    return row(name, at, disposition="deferred", reason=reason, status=None)


def poll(*names, at=NOW, endpoint=FEED, **more):
    found = tuple(DiscoveredUrl(url(each), SOURCE.name, endpoint.url) for each in names)
    return EndpointPoll(endpoint, SOURCE.name, at, 200, '"feed"', None, found, **more)


def batch(folder, rows, key=None):
    """A stage file; its key is that of its rows unless one is given."""
    lines = [json.dumps(each) for each in rows]
    key = key or hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
    path = Path(folder) / f"{key}.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in lines)
    return LoadBatch(key, str(path))


def opened(data, at=NOW, **more):
    return open_warehouse(data, now=at, wait=0, **more)


def ask(warehouse, statement):
    return warehouse.session.connection.execute(statement).fetchall()


def loaded(warehouse, folder, rows, *, name="run-1", at=NOW, kind="warc"):
    """Load the rows as one batch of one run that then ends; the outcomes."""
    this = run(name, kind, at)
    warehouse.begin_run(this)
    outcomes = warehouse.load(batch(folder, rows, f"{name}-batch"), this, at)
    warehouse.end_run(name, "completed", at)
    return outcomes


def errors(warehouse, at=NOW, run_id=None):
    return {each.name: each.rows for each in warehouse.check(at, run_id, small=0) if each.failed}
