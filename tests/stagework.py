"""`python tests/stagework.py FOLDER [SECONDS...]`: the stages driven directly, killed by SIGKILL at these moments.

For each moment there is a folder of its own, in which the work is begun, killed, and done again to its end; a line of
JSON tells the moment, how far it had got, and what the tables say afterwards. Without moments the work is done once,
and its line tells how long it took. Each time in a fork of this process, which has everything loaded and nothing open.
"""

import json
import os
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import press
from broadsheet import archive, stages
from broadsheet.model import FetchedPage, LoadBatch, Role, Run, SiteRules, stable_id
from broadsheet.warehouse import open_read_copy, open_warehouse, publish
from flows.read import read_page
from press.pages import pages

PAPER = "www.harbourgazette.test"
BATCH = 12
NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def answers():
    """Every page that the ledger of a paper names, as both editions answer it."""
    for edition, at in press.NOW.items():
        for entry in press.ledger(edition):
            host, path = entry.url.removeprefix("http://").split("/", 1)
            found = pages(edition).get((host, f"/{path}"))
            if host == PAPER and found:
                headers = (("Content-Type", "text/html; charset=utf-8"),)
                yield FetchedPage(entry.url, entry.url, Role.PAGE, "gazette", at, found.status, headers, found.body)


def fetched(folder):
    """Keep what is not kept yet, after what a dead writer left is cut to its last whole record."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob("*.open"):
        archive.salvage(left)
    kept = {(page.url, page.captured_at) for page in read(folder)}
    missing = [page for page in answers() if (page.url, page.captured_at) not in kept]
    if missing:
        with archive.SegmentWriter(folder, f"segment-{len(list(folder.iterdir()))}", software="test") as writer:
            for page in missing:
                writer.write(page)


def read(folder):
    found = (page for path in sorted(folder.glob("*.warc.gz")) for page in archive.read(path))
    return sorted((page for page in found if isinstance(page, FetchedPage)), key=lambda p: (p.captured_at, p.url))


def extracted(folder, kept):
    """A stage file for each dozen pages; one that is there already stands."""
    folder.mkdir(parents=True, exist_ok=True)
    for start in range(0, len(kept), BATCH):
        chunk = kept[start : start + BATCH]
        key = f"{stable_id('|'.join(f'{page.url} {page.captured_at}' for page in chunk)):x}"
        path = folder / f"{key}.jsonl.gz"
        if not path.exists():
            stages.write(path, [read_page((page, SiteRules(), NOW)) for page in chunk])
        yield LoadBatch(key, str(path))


def worked(folder, told=lambda _stage: None):
    """All stages, begun or gone on with; what the tables and the read copy say."""
    data, run = folder / "data", Run("direct", "warc", NOW, ("gazette",))
    told("fetch")
    fetched(data / "archive")
    told("extract")
    batches = list(extracted(data / "stages", read(data / "archive")))
    told("load")
    with open_warehouse(data, now=NOW) as house:
        house.begin_run(run)
        for batch in batches:
            house.load(batch, run, NOW)
        house.end_run(run.run_id, "completed", NOW)
        told("checkpoint")
    with open_warehouse(data, now=NOW) as house:
        told("publish")
        publish(data, house)
        broken = [each.name for each in house.check(NOW) if each.failed]
        digest = house.content_digest()
    told("done")
    with open_read_copy(data) as copy:
        articles = copy.execute("select count(*) from mart.articles").fetchall()[0][0]
    parts = [path.name for path in data.rglob("*") if path.name.endswith((".part", ".open"))]
    return {"digest": digest, "errors": broken, "articles": articles, "left": parts}


def forked(work):
    """Run `work` in a fork; its process id."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException as error:  # noqa: BLE001 - told to whoever waits
        sys.stderr.write(f"{error!r}\n")
        os._exit(1)
    os._exit(0)


def finished(folder):
    def work():
        (folder / "result.json").write_text(json.dumps(worked(folder)))

    _, status = os.waitpid(forked(work), 0)
    assert status == 0, "the work that was done again failed"
    return json.loads((folder / "result.json").read_text())


def killed(folder, seconds):
    """Begin the work and kill it after so many seconds; the stage it was in, `done` if it was quicker."""
    stage = folder / "stage"
    child = forked(lambda: worked(folder, stage.write_text))
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return stage.read_text() if stage.exists() else "start"


def say(line):
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def main(folder, moments):
    list(answers())  # set once, not in every fork
    for number, seconds in enumerate(moments or [None]):
        place = Path(folder) / f"{number}"
        place.mkdir(parents=True)
        stage = killed(place, seconds) if seconds is not None else "undisturbed"
        begun = time.perf_counter()
        result = finished(place)
        line = result | {"moment": seconds, "stage": stage, "took": time.perf_counter() - begun}
        say(line)


if __name__ == "__main__":
    main(sys.argv[1], [float(each) for each in sys.argv[2:]])
