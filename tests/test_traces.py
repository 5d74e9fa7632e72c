import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.traces import Traces, anchor, plain, sentences

TEXT = "The port board voted seven to six. “We dig in October,” she said.\nNobody asked: who reads the probes?"
JAPANESE = "汐見市の津波避難タワーが完成し、住民が訓練した。屋上には百五十人が入ることができる。"


def test_a_text_is_cut_into_its_sentences():
    assert sentences(TEXT) == [
        "The port board voted seven to six.", "“We dig in October,” she said.", "Nobody asked: who reads the probes?",
    ]  # fmt: skip
    assert sentences(JAPANESE) == [
        "汐見市の津波避難タワーが完成し、住民が訓練した。", "屋上には百五十人が入ることができる。",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "markup",
    [
        "<p>The port board <b>voted</b> seven to six.</p>",
        '{"articleBody": "The port\\nboard voted \\u0073even to six."}',
        "<description>&lt;p&gt;The port board voted seven&amp;nbsp;to six.&lt;/p&gt;</description>",
        "THE PORT BOARD  voted seven to six …",
    ],
)
def test_a_sentence_is_found_however_it_is_marked_up(markup):
    assert Traces.of(sentences(TEXT)).found(plain(markup)) == {"The port board voted seven to six."}


def test_a_sentence_of_a_script_without_spaces_is_found():
    told = sentences(JAPANESE)
    assert Traces.of(told).found(f"前の文。{told[1][:16]}…") == {told[1]}


def test_words_that_belong_to_nobody_are_not_looked_for():
    assert anchor("She said no.") == ()
    assert Traces.of(["She said no."]).found("She said no.") == set()


@given(st.text(max_size=300))
def test_whatever_a_text_is_its_sentences_are_found_in_it(text):
    told = [each for each in sentences(text) if anchor(each)]
    assert Traces.of(told).found(text) >= {Traces.of(told).anchors[anchor(each)] for each in told}


@given(st.lists(st.sampled_from(["the", "port", "board", "&", "voted's", '"seven"', "größer"]), max_size=20))
def test_what_html_or_json_hide_is_found(told):
    sentence = " ".join(["Yesterday morning at half past", *told])
    wanted = Traces.of([sentence])
    assert wanted.found(plain(f"<li>{html.escape(sentence)}</li>"))
    assert wanted.found(plain(json.dumps({"text": html.escape(sentence)})))
