"""A credit line into the names it credits: who wrote it, without "By", job titles, places and addresses."""

from __future__ import annotations

import html as entities
import re
import unicodedata

MAX_LINE = 400  # characters of a credit line that are read
MAX_NAMES = 30
MAX_WORDS = 6  # of a person's name; longer pieces after a comma are descriptions
MAX_NAME = 80  # characters

_SPACES = re.compile(r"\s+")
_TAGS = re.compile(r"<[^<>]{1,200}>")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|(?<!\w)@\w+")
_BRACKETS = re.compile(r"[(\[{（［〔【](?:[^()\[\]{}（）［］〔〕【】]{0,80})[)\]}）］〕】]")
_DATE_OR_TIME = re.compile(r"\b\d{1,4}[./:-]\d{1,2}|\b(?:19|20)\d\d\b|\d+\s?(?:min|Min|分)")
_BEFORE = re.compile(
    r"^(?:(?:(?:written|reported|posted|published|story|words|report|text|fotos?|photos?|edited|analysis|opinion)\s+)?by"
    r"|authors?|written|words|ein\w*\s(?:kommentar|artikel|gastbeitrag|interview|analyse)\s+von|von|vom|autor(?:in|en|es|a)?"
    r"|text|fra|av|af|par|propos recueillis par|por|de|di|da|a cura di|door|tekst|przez|avtor|auteurs?|autore|autori"
    r"|skrevet af|skriven av|toimittaja|yazan|yazar|haber|editör|oleh|penulis|reporter|editor|автор\w*|текст|από|του"
    r"|bởi|tác giả|nga|od|autorzy|napisał\w*|szerző|írta|de către|記者|文|取材|執筆|글|작성자|기자|작가|بقلم|كتب|מאת|נכתב על ידי"
    r"|लेखक|द्वारा|記者／|編輯|作者|责任编辑|来源)"
    r"(?:\s*[:：／/|]\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:\s*[（(]?\s*(?:記者|特派員|編集委員|論説委員|支局長|기자|특파원|논설위원|선임기자|인턴기자|记者)\s*[)）]?"
    r"|\s*(?:has contributed|contributed) .*|\s+(?:for|für|pour|para)\s+\S.{0,40})$"
)
_SEPARATORS = re.compile(r"\s*(?:[;|•·●▪\n]|\s[-–—/]\s|、|，|／|\s\+\s|\s&\s)\s*")
_AND = re.compile(
    r",?\s+(?:and|und|et|y|e|og|och|en|ve|i|и|та|und mit|with|mit|avec|con|dan|và|oraz|és|ja|sy|at)\s+(?=[^\W\d_])"
)
_COMMA = re.compile(r"\s*,\s*")
_WHOLE_IN_BRACKETS = re.compile(r"\s*[(（【〔\[]([^()（）【】〔〕\[\]]{2,80})[)）】〕\]]\s*")
_PICTURE = re.compile(r"^(?:image|photo|picture|foto|bild|illustration|grafik|video|写真|사진)\w*\b", re.IGNORECASE)
_JOB = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|columnist|producer|analyst|critic|chief|head of|director|professor|"
    r"journalist\w*|redakteur\w*|reporterin|korrespondent\w*|chefredakteur\w*|autor\w*|volontär\w*|leiter\w*|"
    r"journaliste|correspondant\w*|envoyée? spécial\w*|rédact\w+ en chef|chroniqueu\w+|periodista|corresponsal\w*|"
    r"redactor\w*|giornalista|inviat[oa]|direttore|journalist|redaktør|redaktör|toimittaja|muhabir\w*|jurnalis|"
    r"wartawan|dziennikar\w+|корреспондент|обозреватель|журналист)\b",
    re.IGNORECASE,
)
_LEFTOVER = " \t,;:.|/-–—•·*\"'«»„“”"
_SMALL_WORDS = frozenset(
    [
        "de",
        "la",
        "le",
        "du",
        "des",
        "von",
        "van",
        "der",
        "den",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "das",
        "do",
        "el",
        "al",
        "bin",
        "ibn",
        "ben",
        "y",
        "e",
        "zu",
        "zur",
        "und",
        "ter",
        "ten",
        "af",
        "av",
        "st",
        "d'",
        "'t",
    ]
)
_AGENCIES = frozenset(
    [
        "dpa",
        "afp",
        "ap",
        "apa",
        "ansa",
        "efe",
        "rtr",
        "reuters",
        "sid",
        "epd",
        "kna",
        "tass",
        "ria",
        "pa",
        "aap",
        "ntb",
        "tt",
        "ritzau",
        "stt",
        "lusa",
        "anp",
        "belga",
        "pap",
        "mti",
        "ctk",
        "čtk",
        "sda",
        "ats",
        "afx",
        "upi",
        "ani",
        "pti",
        "ians",
        "bernama",
        "antara",
        "xinhua",
        "kyodo",
        "jiji",
        "yonhap",
        "cp",
        "dha",
        "iha",
        "aa",
        "anka",
        "itar-tass",
        "bloomberg",
        "cna",
        "unb",
        "vna",
        "interfax",
        "unian",
        "ukrinform",
        "agerpres",
        "hina",
        "tanjug",
        "beta",
        "mia",
        "bta",
        "elta",
        "bns",
        "leta",
        "lrt",
        "cnn",
        "bbc",
        "npr",
        "pbs",
        "abc",
        "nbc",
        "cbs",
        "euronews",
        "sky",
        "zdf",
        "ard",
        "orf",
        "srf",
        "br",
        "ndr",
        "wdr",
        "mdr",
        "swr",
        "hr",
        "rbb",
        "dw",
    ]
)
_ORGANISATION = re.compile(
    r"redaktion|redaction|rédaction|redacción|redazione|redação|redaktie|redactie|redakcja|redakc|redaksi|toimitus|"
    r"editorial|editors?\b|staff|newsroom|news\b|nachrichten|agentur|agency|agence|agencia|agenzia|press\b|presse|"
    r"associated|reuters|times\b|post\b|herald|tribune|gazette|zeitung|journal\b|magazin|tagblatt|anzeiger|daily|"
    r"desk\b|team\b|bureau|network|correspondents?\b|reporters?\b|media\b|online\b|digital\b|universit|institut|foundation|"
    r"department|ministry|council|ajans|haber|gazete|新聞|通信|編集|報道|取材班|社$|新闻|社记者|통신|신문|일보|뉴스|編輯|"
    r"وكالة|агентств|редакци|новости|ТАСС|РИА|www\.|\.(?:com?|net|org|de|at|ch|fr|it|es|nl|be|uk|no|se|dk|is|lt|lv|pl|cz|tr|jp|kr|ru|in|za)$",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """A text without markup, entities, soft hyphens and double spaces."""
    unescaped = entities.unescape(text[: MAX_LINE * 10])
    if "<" in unescaped:
        unescaped = _TAGS.sub(" ", unescaped)
    return _SPACES.sub(" ", unescaped.replace("\u00ad", "").replace("\u200b", "").replace("\ufeff", "")).strip()


def credited(line: str, *, own: frozenset[str] = frozenset()) -> list[str]:
    """The names a credit line credits, in order. `own` are names of the site itself, folded (see `folded`)."""
    if len(line) > MAX_LINE * 5 or re.fullmatch(r"\s*(?:https?://|www\.)\S*\s*", line):
        return []
    text = plain(line)[:MAX_LINE]
    whole = _WHOLE_IN_BRACKETS.fullmatch(text)
    text = _ADDRESS.sub(" ", whole[1] if whole else _BRACKETS.sub(" ", text))
    names: list[str] = []
    for piece in _SEPARATORS.split(_without_prefix(_SPACES.sub(" ", text).strip(_LEFTOVER))):
        names += _pieces(piece, own)
    return list({folded(name): name for name in reversed(names)}.values())[::-1][:MAX_NAMES]


def folded(name: str) -> str:
    """A name for comparison: compatibility form, case and punctuation folded away."""
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


def unaccented(name: str) -> str:
    """A name as addresses spell it: folded, and without accents."""
    return folded("".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)))


def is_organisation(name: str, *, own: frozenset[str] = frozenset()) -> bool:
    """Whether a credited name is an agency, a masthead or an office rather than a person."""
    return folded(name) in own or name.casefold() in _AGENCIES or bool(_ORGANISATION.search(name))


def looks_like_a_name(line: str) -> bool:
    """Whether a line is a person's name and nothing else: two to four capitalised words, no digits, no full stop."""
    words = line.split()
    if not 2 <= len(words) <= 4 or len(line) > MAX_NAME // 2 or line.endswith((".", ":", "!", "?", "…")):  # noqa: PLR2004
        return False
    names = [word for word in words if word.casefold() not in _SMALL_WORDS]
    return len(names) > 1 and all(
        word[0].isupper() and word.replace(".", "").replace("-", "").isalpha() for word in names
    )


def _without_prefix(text: str) -> str:
    for _ in range(3):
        shorter = _BEFORE.sub("", text, count=1)
        if shorter == text:
            break
        text = shorter
    return text


def _pieces(piece: str, own: frozenset[str]) -> list[str]:
    """A piece between hard separators: names joined by "and" and commas, descriptions after a comma left out."""
    found: list[str] = []
    parts = _COMMA.split(piece)
    for position, part in enumerate(parts):
        first = position == 0
        joined = [part] if is_organisation(part, own=own) else _joined(part)
        for name in (_cleaned(single) for single in joined):
            if _is_name(name) and (first or _stands_alone(name, own, among=len(joined))):
                found.append(name)
    return found


def _joined(part: str) -> list[str]:
    """Names joined by "and"; a one-letter "y" or "e" may stand inside a name (Ortega y Gasset)."""
    names = _AND.split(part)
    inside_a_name = re.search(r"\s(?:y|e|i|и|та)\s", part) and any(" " not in name.strip() for name in names)
    return [part] if inside_a_name else names


def _cleaned(name: str) -> str:
    name = _AFTER.sub("", _without_prefix(name.strip(_LEFTOVER)))
    return name.strip(_LEFTOVER) + ("." if re.search(r"\b(?:Jr|Sr|Dr|St)$", name.strip(_LEFTOVER)) else "")


def _is_name(name: str) -> bool:
    has_letters = sum(c.isalpha() for c in name) >= 2  # noqa: PLR2004 - an initial is no name
    return has_letters and len(name) <= MAX_NAME and not _DATE_OR_TIME.search(name) and not _PICTURE.match(name)


def _stands_alone(name: str, own: frozenset[str], *, among: int) -> bool:
    """Whether what follows a comma is another name, not a place, a title or the site's own address."""
    if folded(name) in own and "." in name:
        return False
    words = name.split()
    if len(words) > MAX_WORDS or _JOB.search(name):
        return False
    if is_organisation(name, own=own):
        return True
    capitals = [word for word in words if word.casefold() not in _SMALL_WORDS]
    is_full = len(words) > 1 and all(not word[0].islower() for word in capitals)
    return is_full or (among > 1 and len(words) == 1)
