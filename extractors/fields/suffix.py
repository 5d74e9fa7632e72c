"""What sites hang behind a headline: their name, the section, the author; and how it is told from the headline."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.fields.names import folded

MIN_LEFT = 8  # letters of a headline that must remain
MIN_SHARED = 4  # letters from which a name may be a part of another ("guardian" of "theguardian")
MAX_SUFFIXES = 4
_SEPARATOR = re.compile(
    r"\s+[|‖¦ᅵㅣ│｜·•∙●*»«:\-–—―~/]+\s+|\s*[|‖ᅵㅣ│｜]\s*|\s[-–—]\s?"
    r"|[:：](?=[^:：]*[\u3040-\u30ff\u4e00-\u9fff])|[-–—](?=[\uac00-\ud7a3]+\s*(?:$|[|‖ᅵㅣ│｜]))"
)
_FILLERS = re.compile(
    r"^the|news(?:paper)?$|online$|nachrichten$|digital$|zeitung$|magazine?$|mobile$|haber$|(?:com|org|net|de|at|ch|couk)$"
)


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
    """A title without what stands behind its last separators: the site's name, the section, or what others omit."""
    text = raw
    for _ in range(MAX_SUFFIXES):
        spans = [match.span() for match in _SEPARATOR.finditer(text)]
        cut = next((span for span in spans if _is_whole(text[: span[0]], known)), None)
        if cut is None and spans and _may_go(text[spans[-1][1] :], known, after_name=text != raw):
            cut = spans[-1]
        if cut is None or len(folded(text[: cut[0]])) < MIN_LEFT:
            break
        text = text[: cut[0]].strip()
    return text


def _is_whole(head: str, known: Behind) -> bool:
    """Whether another place on the page gives this part as the whole headline."""
    name = folded(head)
    return len(name) >= MIN_LEFT and name in known.others


def _may_go(tail: str, known: Behind, *, after_name: bool) -> bool:
    """Whether a last part is the site's name; or, once that has gone, the section."""
    name = folded(tail)
    if not name or (after_name and name in known.sections):
        return bool(name)
    return _is_site(name, known.own) and not known.heading.endswith(name)


def _is_site(name: str, own: frozenset[str]) -> bool:
    core = _FILLERS.sub("", _FILLERS.sub("", name))
    return name in own or (
        bool(core)
        and any(core == _FILLERS.sub("", one) or (len(one) >= MIN_SHARED and core.startswith(one)) for one in own)
    )
