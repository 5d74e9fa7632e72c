"""How long a text is, in words."""

from __future__ import annotations

import re

# Scripts that put no spaces between words: a character counts as one (Thai, Lao, Burmese, Khmer, Kana, Han).
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CHARACTER = re.compile(rf"[{_UNSPACED}]")
_WORD = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])\w)+(?:['’-](?:(?![{_UNSPACED}])\w)+)*")


def word_count(text: str) -> int:
    """The number of words; in scripts that put no spaces between words, of characters."""
    return len(_WORD.findall(text)) if _CHARACTER.search(text) else len(text.split())
