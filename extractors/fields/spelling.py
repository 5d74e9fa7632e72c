"""How a date is spelled before its patterns are tried: plain digits, signs, eras and separators."""

from __future__ import annotations

import re
import unicodedata

MAX_TEXT = 300  # characters of a text in which a date is looked for
_REIWA = 2018  # the year before the first of the Japanese era
_NO_SEPARATORS = re.compile(r"\s*((?:19|20)\d\d)([01]\d)([0-3]\d)([0-2]\d)([0-5]\d)([0-5]\d)?\s*")
_LOST_PLUS = re.compile(r"(?<=\d:\d\d:\d\d) (?=\d\d:\d\d$)")  # an offset's sign, read as a space
_REIWA_YEAR = re.compile(r"令和(\d\d?|元)(?=年)")
# Digits of other scripts; the minus sign is a hyphen, marks of direction go.
_DIGITS = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯"
_CHARACTERS = str.maketrans(f"{_DIGITS}−", "0123456789" * 4 + "-", "\u200e\u200f")


def spelled(text: str) -> str:
    """A text with the digits, signs, eras and separators that the patterns know; only its first 300 characters."""
    text = unicodedata.normalize("NFKC", text[:MAX_TEXT]).translate(_CHARACTERS)
    together = _NO_SEPARATORS.fullmatch(text)
    if together:
        year, month, day, hour, minute, second = together.groups()
        return f"{year}-{month}-{day} {hour}:{minute}" + (f":{second}" if second else "")
    text = _REIWA_YEAR.sub(lambda era: str(_REIWA + (1 if era[1] == "元" else int(era[1]))), text)
    return _LOST_PLUS.sub("+", text)
