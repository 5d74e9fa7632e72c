"""Sentences looked for in tables: whatever the script, however many, however they are written."""

import html
import json

import pytest
from warehousing import ask, opened

from broadsheet.traces import Traces
from broadsheet.warehouse.tracing import standing_in, tracing

SENTENCES = [
    "The port board voted seven to six on Monday.",
    "สะพานข้ามแม่น้ำถูกปิดเมื่อวันจันทร์",
    "पुल सोमवार को बंद कर दिया गया था और लोग इंतज़ार कर रहे थे।",
    "汐見市の津波避難タワーが完成し、住民が訓練した。",
    "Die Brücke über den Fluss wurde am Montag gesperrt.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_is_found_in_a_column_whatever_its_script_and_form(tmp_path, sentence):
    forms = [
        sentence,
        f"Before. {sentence} After.",
        html.escape(sentence),
        json.dumps([sentence]),
        f"<b>{sentence}</b>",
    ]
    with opened(tmp_path) as house, tracing(house.session.connection, Traces.of(SENTENCES)):
        for form in forms:
            assert house.session.connection.execute("select has_trace(?)", [form]).fetchall() == [(True,)], form
        assert ask(house, "select has_trace('The port board voted'), has_trace(null), has_trace('')") == [
            (False, None, False)
        ]


def test_a_file_is_searched_table_by_table(tmp_path):
    with opened(tmp_path) as house:
        ask(house, "insert into core.body values (1, 'The port board voted seven to six on Monday.', 1)")
        path = house.files.warehouse
    assert standing_in(path, Traces.of(SENTENCES)) == ["core.body: 1 row(s)"]
    assert standing_in(path, Traces.of(SENTENCES[1:])) == []
    assert standing_in(path, Traces.of([])) == []
