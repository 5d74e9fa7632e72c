"""What sites hang behind a headline: their name, the section, the author; and how it is told from the headline."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.fields.names import folded, unaccented

MIN_LEFT = 8  # letters of a headline that must remain
MIN_SHARED = 4  # letters from which a name may be a part of another ("guardian" of "theguardian")
MAX_SUFFIXES = 4
MAX_EDITION = 5  # words of a site's name with its section or edition
_SEPARATOR = re.compile(
    r"\s+[|‖¦ᅵㅣ│｜·•∙●*»«:\-–—―~/]+\s+|\s*[|‖ᅵㅣ│｜]\s*|\s[-–—]\s?"
    r"|：|:(?=[^:：]*[\u3040-\u30ff\u4e00-\u9fff])|[-–—](?=[\uac00-\ud7a3]+\s*(?:$|[|‖ᅵㅣ│｜]))"
)
_FILLERS = re.compile(
    r"^the|news(?:paper)?$|online$|nachrichten$|digital$|zeitung$|magazine?$|mobile$|haber$|(?:com|org|net|de|at|ch|couk)$"
)
_FILLER_WORD = re.compile(r"\s+(?:News|Nachrichten|Noticias|Haberleri)$")


@dataclass(frozen=True, slots=True)
class Behind:
    """What may stand behind a headline. All folded: the site's names, the page's other headlines, its sections.

    `heading` is the page's first `<h1>`: what it ends with belongs to the headline.
    """

    own: frozenset[str]
    others: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()
    heading: str = ""


def without_suffix(raw: str, known: Behind) -> str:
    """A title without what stands behind its last separators: the site's name, the section, or what others omit.

    The site's name before its first separator goes too.
    """
    text = _without_prefix(raw, known)
    for _ in range(MAX_SUFFIXES):
        spans = [match.span() for match in _SEPARATOR.finditer(text)]
        cut = next((span for span in spans if _is_whole(text[: span[0]], known)), None)
        if cut is None:
            cut = next((span for span in spans[:-1] if folded(text[span[1] :]) in known.own), None)
        if cut is None and spans and _may_go(text[spans[-1][1] :], known, after_name=text != raw):
            cut = spans[-1]
        if cut is None or len(folded(text[: cut[0]])) < MIN_LEFT:
            break
        text = text[: cut[0]].strip()
    return text


def _without_prefix(raw: str, known: Behind) -> str:
    first = _SEPARATOR.search(raw)
    name = folded(raw[: first.start()]) if first else ""
    is_prefix = name in known.own and not known.heading.startswith(name)
    rest = raw[first.end() :] if first and is_prefix else ""
    return rest if len(folded(rest)) >= MIN_LEFT else raw


def _is_whole(head: str, known: Behind) -> bool:
    """Whether another place on the page gives this part as the whole headline."""
    name = folded(head)
    return len(name) >= MIN_LEFT and name in known.others


def _may_go(tail: str, known: Behind, *, after_name: bool) -> bool:
    """Whether a last part is nothing, the site's name or edition; or, once that has gone, the section."""
    name = folded(tail)
    is_section = after_name and (name in known.sections or folded(_FILLER_WORD.sub("", tail)) in known.sections)
    return not name or is_section or _is_site(tail, known) or _is_edition(tail, known)


def _is_edition(tail: str, known: Behind) -> bool:
    """Whether a last part is the site's name and a word or two of its section or edition: `CNN Politics`."""
    words = tail.split()
    is_named = 1 < len(words) <= MAX_EDITION and all(word[0].isupper() for word in words)
    if not is_named or known.heading.endswith(folded(tail)):
        return False
    return any({folded(" ".join(words[:n])), folded(" ".join(words[n:]))} & known.own for n in range(1, len(words)))


def _is_site(tail: str, known: Behind) -> bool:
    """Whether a last part is the site's name, with or without accents, "The", "News" and the like."""
    return any(_names_site(name, known) for name in {folded(tail), unaccented(tail)})


def _names_site(name: str, known: Behind) -> bool:
    if not name or known.heading.endswith(name):
        return False
    core = _FILLERS.sub("", _FILLERS.sub("", name))
    return name in known.own or (
        bool(core)
        and any(core == _FILLERS.sub("", one) or (len(one) >= MIN_SHARED and core.startswith(one)) for one in known.own)
    )
