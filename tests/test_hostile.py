"""Pages made to break a reader: each is read, or its process is stopped, and no other page notices."""

import json
import os
import threading
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path

import pytest
from hostile_pages import MAKERS, hostile
from timed_reading import timed

from broadsheet.model import Extraction, FetchedPage, Page, Reason, Role, SiteRules
from broadsheet.workers import Done, Failed, WorkerPool
from extractors import extract
from extractors.page import parse_page
from flows.read import read_page
from press.pages import pages
from press.paper import NOW

URL = "https://www.tidings.test/2026/harbour/quay.html"
SMALL = 0.002
SECONDS = 10
MEMORY = 2 << 30
WORKERS = 2
BATCH = 10
LIMIT = 3


@pytest.mark.parametrize("name", MAKERS)
def test_a_hostile_page_is_read_as_something_that_can_be_stored(name):
    made = hostile(name, SMALL)
    extraction = extract(Page(made.html, URL, made.content_type), SiteRules())
    assert isinstance(extraction, Extraction)
    json.dumps(asdict(extraction), ensure_ascii=False, default=str).encode()


def test_there_are_hostile_pages_of_many_kinds():
    assert len({hostile(name, SMALL).html for name in MAKERS}) >= 80


def test_a_table_of_spans_is_laid_out_by_nobody():
    made = hostile("spans_of_columns", SMALL)
    tree = parse_page(Page(made.html, URL), SiteRules()).tree
    assert len(list(tree.iter("td"))) == 60
    assert tree.xpath("//@colspan | //@rowspan") == []


def work_of(html, content_type, url=URL):
    headers = (("Content-Type", content_type),) if content_type else ()
    page = FetchedPage(url, url, Role.PAGE, "tidings", NOW[1], 200, headers, html)
    return page, SiteRules(), NOW[1]


def press_works():
    """Every page of the sample press that came with HTML."""
    served = [(f"http://{host}{path}", a) for (host, path), a in pages(1).items() if a.status == 200]
    found = [(url, a) for url, a in served if (a.header("Content-Type") or "").startswith("text/html")]
    return [work_of(a.body, a.header("Content-Type"), url) for url, a in found]


class Watch(threading.Thread):
    """The most memory that the processes below this one have held together, in bytes, seen every 20 ms."""

    def __init__(self):
        super().__init__(daemon=True)
        self.most = 0
        self._ended = threading.Event()

    def run(self):
        while not self._ended.wait(0.02):
            self.most = max(self.most, sum(_resident(pid) for pid in _below(os.getpid())))

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        self.join()


def _below(root):
    """The processes descended from one."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            parents.setdefault(_parent(entry), []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def _parent(entry):
    try:
        return int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
    except (OSError, IndexError):
        return 0


def _resident(pid):
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


@pytest.mark.heavy
@pytest.mark.timeout(900)
def test_full_size_hostile_pages_cost_no_other_page_of_their_batch_anything(record_property):
    normal = press_works()[:BATCH]
    expected = [Done(read_page(work)) for work in normal]
    ends = {}
    with Watch() as watch, WorkerPool(read_page, workers=WORKERS, seconds=SECONDS, memory=MEMORY) as pool:
        for names in batches(list(MAKERS)):
            made = (hostile(name, 1) for name in names)
            results = pool.run(alternating([work_of(each.html, each.content_type) for each in made], normal))
            ends |= dict(zip(names, map(reason_of, results[::2]), strict=True))
            assert results[1::2] == expected[: len(names)]
    record_property("ends", str(ends))
    record_property("most memory", watch.most)
    assert {name: end for name, end in ends.items() if end in {"internal_error", "bad_encoding"}} == {}
    assert watch.most < WORKERS * MEMORY


@pytest.mark.heavy
def test_a_killed_worker_costs_its_neighbour_a_pause_and_no_page(record_property):
    """Pebble holds the queue's lock until the killed process has ended; how long is told, not held to."""
    stuck = hostile("many_attributes", 1)  # keeps libxml2 for longer than any limit
    normal = press_works() * 3
    with WorkerPool(timed, workers=WORKERS, seconds=LIMIT, memory=MEMORY) as pool:
        pool.run(normal[:20])
        first, *others = pool.run([work_of(stuck.html, stuck.content_type), *normal])
    assert first.reason == Reason.EXTRACTION_OVERRAN
    assert all(isinstance(each, Done) for each in others)
    pauses = pauses_of(others[0].value[0], [each.value for each in others])
    record_property("longest pause of the neighbour, seconds", max(pauses))


@pytest.mark.heavy
@pytest.mark.parametrize("name", ["twenty_megabytes_of_tags", "line_breaks"])
def test_a_page_too_large_for_the_memory_says_so_wherever_memory_ends(name):
    """The first where libxml2 parses it, the second where the engine copies it."""
    made = hostile(name, 1)
    normal = press_works()[:2]
    with WorkerPool(read_page, workers=1, seconds=60, memory=700 << 20) as pool:
        large, *others = pool.run([work_of(made.html, made.content_type), *normal])
    assert large.reason == Reason.OUT_OF_MEMORY
    assert others == [Done(read_page(work)) for work in normal]


def pauses_of(process, times):
    """How long a process waited between two pages, in seconds."""
    spans = sorted((start, end) for which, start, end, _ in times if which == process)
    return [after[0] - before[1] for before, after in pairwise(spans)]


def batches(names):
    return [names[start : start + BATCH] for start in range(0, len(names), BATCH)]


def alternating(bad, good):
    return [work for pair in zip(bad, good, strict=False) for work in pair]


def reason_of(result):
    return result.reason if isinstance(result, Failed) else result.value["reason"] or result.value["disposition"]
