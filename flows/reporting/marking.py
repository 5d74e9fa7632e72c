"""Two headlines, with the words marked that the other lacks. Pure."""

from __future__ import annotations

from difflib import SequenceMatcher

Words = list[tuple[str, bool]]  # a run of words, and whether the other headline lacks it


def marked(before: str, after: str) -> tuple[Words, Words]:
    """Runs of words of both headlines; letters are compared where a script has no spaces."""
    one, other = _words(before), _words(after)
    gone: Words = []
    came: Words = []
    for tag, start, end, first, last in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if end > start:
            gone.append(("".join(one[start:end]), tag != "equal"))
        if last > first:
            came.append(("".join(other[first:last]), tag != "equal"))
    return gone, came


def _words(text: str) -> list[str]:
    """Words, each with the space after it; letters where there are no spaces."""
    if " " not in text.strip():
        return list(text)
    words = text.split(" ")
    return [*(f"{word} " for word in words[:-1]), words[-1]]
