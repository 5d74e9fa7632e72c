"""A credit line into the names it credits: who wrote it, without "By", job titles, places and addresses."""

from __future__ import annotations

import html as entities
import re
import unicodedata
from typing import TYPE_CHECKING

from extractors.fields.credit_words import (
    AFTER,
    BEFORE,
    BEFORE_CHINESE,
    BEFORE_IN_PRINT,
    DEGREE,
    JOB,
    NEWSWIRES,
    NOBODY,
    ORGANISATION,
    PARTICLES,
    PICTURE,
    PLACE_OF_REPORT,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_LINE = 400  # characters of a credit line that are read
MAX_NAMES = 30
MAX_WORDS = 6  # of a person's name; longer pieces after a comma are descriptions
MAX_NAME = 80  # characters

_SPACES = re.compile(r"\s+")
_TAGS = re.compile(r"<[^<>]{1,200}>")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[^\s@()<>\[\]]{1,64}@[^\s@]{1,80}\.\w{2,20}|(?<!\w)@\w+")
_BRACKETS = re.compile(r"[(\[{（［〔【](?:[^()\[\]{}（）［］〔〕【】]{0,80})[)\]}）］〕】]")
_DATE_OR_TIME = re.compile(r"\b\d{1,4}[./:-]\d{1,2}|\b(?:19|20)\d\d\b|\d+\s?(?:min|Min|分)")
_SEPARATORS = re.compile(
    r"\s*(?:[;|•·●▪\n،]|\s[-–—/]\s|、|，|／|\s\+\s|\s&\s|\s(?=(?:記者|配信|取材|文|写真|撮影)[・:：＝／/])"
    r"|(?<=[\u4e00-\u9fff]{2})(?<!記者|取材|執筆|配信|写真|撮影)・(?=[\u4e00-\u9fff]{2}))\s*"
)
_CONJUNCTION = r"(?:and|und|et|y|e|og|och|en|ve|i|и|та|і|dan|và|oraz|és|ja|sy|at|a|și|ir|un|και|और|এবং|و)"
_AND = re.compile(rf",?\s+{_CONJUNCTION}\s+(?=[^\W\d_])")
_SIGN = re.compile(r"[a-z]{2,5}|[A-Z]{2,5}")  # how agencies sign
_PUNCTUATION = re.compile(r"[\W_]+")
_COMMA = re.compile(rf"\s*,(?!\s*(?:Jr|Sr|I{{2,3}}|IV)\b)\s*(?:{_CONJUNCTION}\s+(?=[^\W\d_]))?")
_SURNAME_FIRST = re.compile(r"([^\W\d_][\w'’-]+),\s([^\W\d_][\w'’-]+(?:\s[^\W\d_]\b)?)\.?")
_IN_A_PLACE = re.compile(r"(.+?)\s+in\s+[^\W\d_a-z].*")
_WHOLE_IN_BRACKETS = re.compile(r"\s*[(（【〔\[]([^()（）【】〔〕\[\]]{2,80})[)）】〕\]]\s*")
_LEFTOVER = " \t,;:.|/-–—•·*\"'«»„“”"


def plain(text: str) -> str:
    """A text without markup, entities, soft hyphens and double spaces."""
    unescaped = entities.unescape(text[: MAX_LINE * 10])
    if "<" in unescaped:
        unescaped = _TAGS.sub(" ", unescaped)
    return _SPACES.sub(" ", unescaped.replace("\u00ad", "").replace("\u200b", "").replace("\ufeff", "")).strip()


def credited(line: str, *, own: frozenset[str] = frozenset(), printed: bool = False) -> list[str]:
    """The names a credit line credits, in order.

    `own` are names of the site itself, folded (see `folded`). `printed`: the line was printed for readers, so that a
    "de" or "di" at its start means "by"; in structured data it begins a surname.
    """
    if len(line) > MAX_LINE * 5 or re.fullmatch(r"\s*(?:https?://|www\.)\S*\s*", line):
        return []
    text = _ADDRESS.sub(" ", plain(line)[:MAX_LINE])
    whole = _WHOLE_IN_BRACKETS.fullmatch(text)
    text = whole[1] if whole else _BRACKETS.sub(" ", text)
    text = _without_prefix(_SPACES.sub(" ", text).strip(_LEFTOVER))
    text = BEFORE_IN_PRINT.sub("", text, count=1) if printed else text
    names: list[str] = []
    for piece in _SEPARATORS.split(text):
        names += [name for name in _pieces(piece, own) if not (names and JOB.search(name))]
    return distinct(names)[:MAX_NAMES]


def distinct(names: Iterable[str]) -> list[str]:
    """Names without repetitions (as `folded` compares them) and blanks, each as first printed, in order."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(folded(name), name)
    return [name for fold, name in found.items() if fold]


def folded(name: str) -> str:
    """A name for comparison: compatibility form, case and punctuation folded away."""
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", name).casefold())


def unaccented(name: str) -> str:
    """A name as addresses spell it: folded, and without accents."""
    return folded("".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)))


def is_organisation(name: str, *, own: frozenset[str] = frozenset()) -> bool:
    """Whether a credited name is an agency, a masthead or an office rather than a person."""
    is_wire = name.casefold() in NEWSWIRES or bool(_SIGN.fullmatch(name))
    return is_wire or folded(name) in own or bool(ORGANISATION.search(name))


def is_credit(piece: str, *, own: frozenset[str] = frozenset()) -> bool:
    """Whether a piece of a printed credit line names somebody: a full name, an agency, a name in an unspaced script."""
    if JOB.search(piece) or BEFORE.match(f"{piece} x") or _AND.match(f" {piece} x"):
        return False
    words = piece.split()
    unspaced = 2 <= len(piece) <= 6 and all("\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7a3" for c in piece)  # noqa: PLR2004
    is_wire = piece.casefold() in NEWSWIRES or folded(piece) in own or "." in piece.strip(".")
    is_office = is_organisation(piece, own=own) and (is_wire or 1 < len(words) <= MAX_WORDS)
    return looks_like_a_name(piece) or unspaced or is_office


def looks_like_a_name(line: str) -> bool:
    """Whether a line is a person's name and nothing else: two to four capitalised words, no digits, no full stop."""
    words = line.split()
    if not 2 <= len(words) <= 4 or len(line) > MAX_NAME // 2 or line.endswith((".", ":", "!", "?", "…")):  # noqa: PLR2004
        return False
    names = [word for word in words if word.casefold() not in PARTICLES]
    return len(names) > 1 and all(
        word[0].isupper() and word.replace(".", "").replace("-", "").isalpha() for word in names
    )


def _without_prefix(text: str) -> str:
    for _ in range(3):
        shorter = BEFORE.sub("", text, count=1)
        if shorter == text:
            break
        text = shorter
    return text


def _pieces(piece: str, own: frozenset[str]) -> list[str]:
    """A piece between hard separators: names joined by "and" and commas, descriptions after a comma left out."""
    found: list[str] = []
    parts = [_forename_first(piece)] if _SURNAME_FIRST.fullmatch(piece) else _COMMA.split(piece)
    for position, part in enumerate(parts):
        first = position == 0
        joined = _joined(part, own)
        names = (_cleaned(single) for single in joined)
        found += [n for n in names if _is_name(n) and (first or _stands_alone(n, own, among=len(joined)))]
    return found


def _forename_first(piece: str) -> str:
    """`Lane, Ada` as `Ada Lane`; as it is where a part is an agency or in capitals (a place)."""
    surname, forename = _COMMA.split(piece.rstrip("."))
    forename += "." if re.search(r"\s\w$", forename) else ""
    is_person = surname.istitle() and forename.istitle() and not (is_organisation(surname) or is_organisation(forename))
    return f"{forename} {surname}" if is_person else surname


def _joined(part: str, own: frozenset[str]) -> list[str]:
    """Names joined by "and"; which may stand inside an organisation's name, a one-letter one in anybody's."""
    names = _AND.split(part)
    if is_organisation(part, own=own) and not any(looks_like_a_name(n) and not is_organisation(n) for n in names):
        return [part]
    inside_a_name = re.search(r"\s(?:y|e|i|и|та|і|a)\s", part) and any(" " not in name.strip() for name in names)
    return [part] if inside_a_name else names


def _cleaned(name: str) -> str:
    name = AFTER.sub("", AFTER.sub("", BEFORE_CHINESE.sub("", _without_prefix(name.strip(_LEFTOVER)))))
    placed = _IN_A_PLACE.fullmatch(name) if " in " in name else None
    name = placed[1] if placed and looks_like_a_name(placed[1]) else name
    return name.strip(_LEFTOVER) + ("." if re.search(r"\b(?:Jr|Sr|Dr|St)$", name.strip(_LEFTOVER)) else "")


def _is_name(name: str) -> bool:
    has_letters = sum(c.isalpha() for c in name) >= 2  # noqa: PLR2004 - an initial is no name
    return (
        has_letters
        and len(name) <= MAX_NAME
        and not _DATE_OR_TIME.search(name)
        and name.casefold() not in NOBODY
        and not (PICTURE.match(name) or JOB.fullmatch(name) or PLACE_OF_REPORT.fullmatch(name))
    )


def _stands_alone(name: str, own: frozenset[str], *, among: int) -> bool:
    """Whether what follows a comma is another name, not a place, a title, a degree or the site they work for."""
    words = name.split()
    if folded(name) in own or len(words) > MAX_WORDS or JOB.search(name) or DEGREE.fullmatch(name.rstrip(".")):
        return False
    if is_organisation(name, own=own):
        return True
    capitals = [word for word in words if word.casefold() not in PARTICLES]
    is_full = len(words) > 1 and all(not word[0].islower() for word in capitals)
    return is_full or (among > 1 and len(words) == 1)
