"""Whose text an article says it prints: the agency or paper named in its credits, or at either end of its text. Pure.

Agencies are known by the names they print: in a byline ("dpa", "From AFP", "Reuters Staff"), in a dateline at the head
of a text ("BERLIN (dpa)", "NEW YORK — AP —", 【共同】), or in a line at its foot ("Source: Reuters", "© AFP").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

AGENCIES: Final = {
    "AAP": ("australian associated press",),
    "Adnkronos": (),
    "AFP": ("agence france-presse", "agence france presse"),
    "Agerpres": (),
    "Anadolu": ("anadolu agency", "anadolu ajansı"),  # noqa: RUF001 - as it is called
    "ANI": ("asian news international",),
    "ANP": (),
    "ANSA": ("ansa.it",),
    "Antara": (),
    "AP": ("associated press", "the associated press", "ap通信"),
    "APA": ("austria presse agentur",),
    "ATS": ("keystone-ats",),
    "Belga": (),
    "Bernama": (),
    "Bloomberg": ("bloomberg news",),
    "CNA": ("中央社",),
    "ČTK": ("ctk",),
    "DHA": (),
    "dpa": ("deutsche presse-agentur", "deutsche presse agentur", "dpa-afx"),
    "EFE": ("agencia efe",),
    "epd": ("evangelischer pressedienst",),
    "Europa Press": (),
    "IANS": ("indo-asian news service",),
    "Interfax": ("интерфакс",),
    "İHA": ("iha",),
    "Jiji": ("jiji press", "時事", "時事通信", "時事通信社"),
    "KNA": ("katholische nachrichten-agentur",),
    "Kyodo": ("kyodo news", "共同", "共同通信", "共同通信社"),
    "Lusa": ("agência lusa",),
    "MTI": (),
    "NTB": (),
    "PA": ("pa media", "press association"),
    "PAP": (),
    "PTI": ("press trust of india",),
    "Reuters": ("rtr", "ロイター", "路透社", "로이터"),
    "RIA Novosti": ("риа новости",),
    "Ritzau": (),
    "SDA": ("keystone-sda", "sda-ats"),
    "SID": ("sport-informations-dienst",),
    "STT": (),
    "TASS": ("тасс", "itar-tass"),
    "The Canadian Press": ("canadian press",),
    "TT": ("tt nyhetsbyrån",),
    "Ukrinform": ("укрінформ",),
    "UPI": ("united press international",),
    "VNA": (),
    "Xinhua": ("新华社", "新華社", "xinhua news agency"),
    "Yonhap": ("연합뉴스", "yonhap news agency"),
}
NEWSROOM: Final = re.compile(
    r"redaktion|redaction|rédaction|redacción|redazione|redação|redactie|newsroom|editorial|editors?\b|staff|desk\b"
    r"|reporters?\b|team\b|agencies|agenturen|agences|編集|取材班|编辑|편집",
    re.IGNORECASE,
)
"""Words by which a paper names its own people as one; they are no origin."""

LONGEST_INITIALS: Final = 3
WITHOUT_SPACES: Final = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
DATELINE: Final = re.compile(  # "BERLIN (dpa) - ", "PARIS, Nov 24 (Reuters) -", "NEW YORK — AP —", "【ロンドン共同】"
    r"^(?:[^\W\d_][^()（）【】\[\]\n]{0,40})?[(（【\[［]([^()（）【】\[\]［］]{2,40})[)）】\]］]\s*[-–—:：]"  # noqa: RUF001
    r"|^[^a-zß-öø-ÿа-я()（）【】\[\]\n]{0,30}[(（【\[［]([^()（）【】\[\]［］]{2,40})[)）】\]］]"  # noqa: RUF001
    r"|^[^\W\d_][^()\n]{1,40}?\s[-–—]+\s([^-–—()\n]{2,20}?)\s[-–—]+\s"  # noqa: RUF001
)
AT_THE_END: Final = re.compile(  # behind the last sentence
    r"(?:^|[.!?。！？」”\"»])\s*[(（【\[［]([^()（）【】\[\]［］]{2,40})[)）】\]］]\s*$"  # noqa: RUF001
)
STAFF_LINE: Final = re.compile(  # "(Reporting by Ann Lee; Editing by Bob Ray; Reuters)"
    r"^\((?:additional |with )?(?:reporting|writing|editing|compiled)\b([^()]{2,300})\)\.?$", re.IGNORECASE
)
BYLINE: Final = re.compile(
    r"^(?:by|from|von|par|por|di|door|av|af)\s+|\s+(?:staff|reporters?|newsroom)$", re.IGNORECASE
)
LAST_LINE: Final = re.compile(
    r"^(?:source|sources|quelle|quellen|fuente|fonte|bron|källa|kilde|источник|来源|출처|©|\(c\)|copyright"
    r"|with (?:material|reporting|files) (?:from|by)|mit material (?:von|der)|avec"
    r"|com informações d[ae]|con información de"
    r"|配信)?\s*[:：]?\s*(.{2,60}?)[.。]?$",  # noqa: RUF001 - as above
    re.IGNORECASE,
)
PARTS: Final = re.compile(r"\s*(?:[/|,;+&・]|\band\b|\bund\b|\bet\b|\by\b)\s*", re.IGNORECASE)


def credited(authors: Sequence[str], kinds: Sequence[str], site_name: str | None, head: str, foot: str) -> str | None:
    """The origin that an article names: an agency that is known, else an organisation in its byline that is not itself.

    `kinds` says of each author whether it is a person or an organisation; `head` and `foot` are the ends of the text.
    None: it names none.
    """
    own = _plain(site_name or "")
    agency = next((known for part in _said(authors, head, foot) if (known := _known(part))), None)
    if agency:
        return None if _plain(agency) == own else agency
    organisations = (name for name, kind in zip(authors, kinds, strict=False) if kind == "organisation")
    return next((name.strip() for name in organisations if _is_other(name, own)), None)


def _said(authors: Iterable[str], head: str, foot: str) -> Iterator[str]:
    """The words that may name an agency: bylines, a dateline, brackets behind the last sentence, the last line."""
    first, last = head.split("\n", 1)[0].strip(), foot.rsplit("\n", 1)[-1].strip()
    for line in (*(_unsigned(each) for each in authors), *_bracketed(first, last)):
        yield from PARTS.split(line)
    found = LAST_LINE.match(last)
    if found and len(last) < 80:  # noqa: PLR2004 - a line of credits, not a paragraph
        yield from PARTS.split(found[1])


def _bracketed(first: str, last: str) -> Iterator[str]:
    for found in (DATELINE.match(first), AT_THE_END.search(last), STAFF_LINE.match(last)):
        yield from (each for each in (found.groups() if found else ()) if each)


def _unsigned(author: str) -> str:
    """A byline without the words around the name: "By The Associated Press", "Reuters Staff"."""
    return BYLINE.sub("", BYLINE.sub("", author.strip()))


def _known(part: str) -> str | None:
    """The agency of that name. Short names must stand as they are printed: `AP` is one, `ap` is a word."""
    said = part.strip(" .-–—:")  # noqa: RUF001 - as printed
    return next((name for name, others in AGENCIES.items() if _is(said, name, others)), None)


def _is(said: str, name: str, others: Sequence[str]) -> bool:
    """Whether that is an agency's name; one in Han or kana may stand right behind a place, as in 【ロンドン共同】."""
    if said == name or (len(name) > LONGEST_INITIALS and said.lower() == name.lower()):
        return True
    return any(said.lower() == other or (WITHOUT_SPACES.match(other) and said.endswith(other)) for other in others)


def _is_other(name: str, own: str) -> bool:
    said = _plain(name)
    same = bool(own) and (said in own or own in said)
    return bool(said) and not same and not NEWSROOM.search(name)


def _plain(name: str) -> str:
    return re.sub(r"\W+|^the\s|\.\w{2,3}$", "", name.lower())
