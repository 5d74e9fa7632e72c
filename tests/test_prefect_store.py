"""What Prefect keeps in the data folder forgets sentences, however they are written there."""

import json
import sqlite3
from contextlib import closing

import pytest

from broadsheet.traces import Traces
from flows.prefect_store import cleared

SENTENCE = "Die Brücke über den Fluss wurde am Montag gesperrt."
FORMS = [
    f"Traceback: in {SENTENCE!r}: boom",
    json.dumps({"message": f"read: {SENTENCE}"}),
    json.dumps({"message": f"read: {SENTENCE}"}, ensure_ascii=False),
    "<li>Die <b>Brücke</b>&nbsp;über den\\nFluss wurde am Montag gesperrt.</li>",
    f"said: {SENTENCE.upper()}",
]


@pytest.mark.parametrize("told", FORMS)
def test_a_sentence_goes_and_what_stands_around_it_stays(tmp_path, told):
    path = tmp_path / "prefect.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("create table log (id char(36), message text)")
        database.executemany("insert into log values (?, ?)", [("1", told), ("2", "fetch: 6 pages")])
        database.commit()
    traces = Traces.of([SENTENCE])
    assert cleared(tmp_path, traces) == 1
    with closing(sqlite3.connect(path)) as database:
        messages = dict(database.execute("select id, message from log"))
    assert not traces.stand_in(messages["1"])
    assert messages["1"].startswith(told[:4])
    assert messages["2"] == "fetch: 6 pages"
    assert cleared(tmp_path, traces) == 0
