import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.decoding import decoded_text

GERMAN = "<html><head></head><body>Größe über alles: „Äpfel“ für 5 €, sagte Frau Müller</body></html>"
RUSSIAN = "<p>Правительство внесло законопроект о бюджете на следующий год, сообщили в министерстве</p>"  # noqa: RUF001 - Russian
JAPANESE = "<p>市は十四日、新しい図書館の計画を発表した。総事業費は約十二億円。</p>"


@settings(deadline=None)
@given(st.binary(max_size=500), st.one_of(st.none(), st.text(max_size=60)))
def test_no_bytes_and_no_header_make_it_raise(html, content_type):
    assert isinstance(decoded_text(html, content_type), str)


@settings(deadline=None)
@given(st.text(max_size=300).filter(lambda text: not text.startswith("\ufeff") and text.count("\0") == 0))
def test_valid_utf8_is_read_as_utf8_whatever_the_header_says(text):
    assert decoded_text(text.encode("utf-8", "surrogatepass"), "text/html; charset=shift_jis") == text or "\x1b" in text


def test_a_byte_order_mark_is_believed_first_and_removed():
    assert decoded_text(b"\xef\xbb\xbf" + GERMAN.encode(), "text/html; charset=koi8-r") == GERMAN
    assert decoded_text(b"\xff\xfe" + GERMAN.encode("utf-16-le"), None) == GERMAN


@pytest.mark.parametrize("charset,text", [("windows-1251", RUSSIAN), ("koi8-r", RUSSIAN), ("shift_jis", JAPANESE)])
def test_the_header_charset_is_believed(charset, text):
    assert decoded_text(text.encode(charset), f'text/html; charset="{charset.upper()}"') == text


@pytest.mark.parametrize(
    "charset,text", [("windows-1251", RUSSIAN), ("euc-jp", JAPANESE), ("iso-8859-15", "<p>Größe für 5 €</p>")]
)
def test_the_page_may_name_its_charset(charset, text):
    html = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">{text}'
    assert decoded_text(html.encode(charset), "text/html") == html


def test_a_header_that_says_latin1_or_utf8_does_not_outweigh_the_page():
    html = f'<meta charset="windows-1251">{RUSSIAN}'
    for header in ("text/html; charset=ISO-8859-1", "text/html; charset=utf-8"):
        assert decoded_text(html.encode("windows-1251"), header) == html


def test_an_undeclared_charset_is_guessed():
    assert decoded_text((RUSSIAN * 5).encode("windows-1251"), None) == RUSSIAN * 5
    assert decoded_text(GERMAN.encode("cp1252"), "text/html; charset=iso-8859-1") == GERMAN


def test_gb2312_is_read_as_its_superset():
    html = "<meta charset=gb2312><p>镕基与喆</p>"
    assert decoded_text(html.encode("gb18030"), None) == html


def test_utf8_cut_in_mid_character_stays_utf8():
    html = ("<p>" + "Größe über Äpfel " * 50).encode()[:-1] + "ä".encode()[:1]
    assert decoded_text(html, "text/html; charset=utf-8").startswith("<p>Größe über Äpfel")


def test_utf16_without_a_mark_and_escaped_japanese_are_seen_through():
    assert decoded_text(GERMAN.encode("utf-16-le"), None) == GERMAN
    html = f"<meta charset=iso-2022-jp>{JAPANESE}"
    assert decoded_text(html.encode("iso-2022-jp"), None) == html


@pytest.mark.parametrize("label", ["punycode", "unicode_escape", "base64", "hex", "undefined", "idna", "no-such"])
def test_labels_that_no_browser_knows_are_passed_over(label):
    assert decoded_text(GERMAN.encode("cp1252"), f"text/html; charset={label}") == GERMAN


def test_ten_megabytes_of_noise_are_decoded_in_bounded_time():
    noise = bytes(range(256)) * 40_000
    start = time.process_time()
    assert len(decoded_text(noise, "text/html; charset=big5")) > 0
    assert time.process_time() - start < 5
