"""The words of furniture: one short expression for each kind, in the languages we met. Cues, never verdicts.

A cue only counts together with a line's place and form (extractors/judge.py): a sentence of the article may well
say "follow" or "newsletter".
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Each kind is a list of alternatives; a line of them holds one language or family of scripts.
CUES = {
    "skip": (
        r"\b(?:skip|skipping|jump|go)\b.{0,20}\b(?:to|the|menu|navigation|content)\b",
        r"zum (?:haupt)?inhalt|naar (?:de )?(?:hoofd)?inhoud|till (?:huvud)?innehåll|til (?:hoved)?innhold",
        r"\b(?:aller|accéder|passer) (?:directement )?au (?:contenu|menu)|\b(?:saltar|ir) al (?:contenido|men)",
        r"\b(?:ir|pular|saltar) para o conte|\b(?:vai|salta) al contenuto",
        r"(?:本文|コンテンツ)(?:へ|に)|跳(?:至|到|过|過)|본문\s*(?:바로|으로)",
        r"\bперейти к\b|к (?:основному )?содержа|do (?:głównej )?treści|içeriğe (?:geç|atla)",
        r"انتقل إلى|تخط|मुख्य सामग्री",
    ),
    "related": (
        r"\b(?:also (?:in|on|read|see|from)|read (?:also|more|next)|more (?:from|in|on|about|stories|news)|related)\b",
        r"\b(?:recommended|most (?:read|popular|viewed)|trending|you (?:may|might) (?:also )?like|don['’]t miss)\b",
        r"\blatest (?:news|stories|from)\b",
        r"\b(?:mehr (?:aus|von|zu[mr]?|über)|lesen sie (?:auch|mehr)|auch interessant|weitere (?:artikel|themen))\b",
        r"\b(?:meistgelesen|zum thema|lees ook|meer (?:van|over|uit)|läs (?:också|mer)|les også|læs også|mer fra)\b",
        r"\b(?:à lire|lire aussi|aussi (?:dans|sur)|sur le même|les plus lus|à voir aussi)\b|\bplus d['’e]",
        r"\b(?:lea|lee|leer|ver) (?:también|más|además)|\bmás (?:de|en|noticias|leíd)|también (?:en|te)\b",
        r"\bte puede inter",
        r"\bleggi anche|\baltr[ie] (?:da|articoli|notizie)|\banche su\b|\bpotrebbe interessart",
        r"\b(?:leia|veja|saiba) (?:também|mais)|\bmais (?:de|em|lidas|notícias)",
        r"читайте также|ещё|еще (?:в|из|на)|по теме|\bczytaj (?:też|także|również)|\bwięcej (?:z|w|na)",
        r"関連|あわせて読|他の記事|相关|相關|更多|延伸閱讀|관련\s*기사|더 보기",
        r"اقرأ أيضا|المزيد|यह भी पढ़ें|और पढ़ें|\bilgili haber|\bdaha fazla",
    ),
    "social": (
        r"\bsocial (?:media|network)|\bsoziale[nr]? (?:medien|netzwerk)|réseaux sociaux|redes socia(?:les|is)",
        r"\bsui social\b",
        r"sociale media|sosiale medier|sociala medier|социальн\w+ сет|соцсет|sosyal medya|mediach społeczno",
        r"\bSNS\b|ソーシャル|社交|소셜|التواصل الاجتماعي|सोशल मीडिया",
    ),
    "follow": (
        r"\b(?:follow|like|join|find|subscribe|sign up|download|get)\b.{0,60}\b(?:us|on|to|our|app|newsletter|inbox)\b",
        r"\bfolgen sie\b|\babonn(?:ez|ieren|er|iere)|\bsuivez\b|\bsígu|\bsigue\b|\bseguici\b|\bsiga\b|\bvolg ons\b",
        r"\bfølg\b|\bfölj\b|подпи(?:шитесь|сывайтесь)|\bobserwuj|takip ed",
        r"フォロー|关注|關注|追蹤|팔로우|구독|تابع|newsletter",
    ),
    "networks": (
        r"\b(?:facebook|twitter|instagram|linkedin|youtube|tiktok|telegram|whatsapp|pinterest|bluesky|threads)\b",
        r"\b(?:mastodon|reddit|wechat|weibo)\b|微博|微信|ВКонтакте",
    ),
    "notice": (
        r"©|\(c\) ?\d{4}|\bcopyright\b|all rights reserved|alle rechte|tous droits|todos los derechos|tutti i diritti",
        r"無断転載|版权|版權|무단\s*전재|\bcookies?\b|javascript|\badvert|\banzeige\b|publici(?:t|dad)|реклам",
        r"\b(?:log|sign) ?in\b|\bsubscri(?:be|ption)|\bcomments?\b|\bkommentare\b|commentaires|comentarios|комментар",
        r"コメント|评论|評論|댓글",
    ),
}


PIECES = re.compile(r"\\.|.")
FOLDED = str.maketrans({"İ": "i", "ı": "i", "ſ": "s"})  # letters that `lower` leaves apart from those they stand for


@functools.cache
def cues() -> re.Pattern[str]:
    """One expression with a named group for each kind of furniture, for lines in folded letters.

    It takes a fourth of the time (18 us a line, not 64) of one that ignores case and asks for a word's start anew for
    each of the alternatives.
    """
    return re.compile("|".join(f"(?P<{kind}>{_joined(words)})" for kind, words in CUES.items()))


def _joined(words: Sequence[str]) -> str:
    """The alternatives of a kind, those that begin a word behind one mark of a word's start."""
    every = [each for line in words for each in _alternatives(_folded(line))]
    starts = [each[2:] for each in every if each.startswith(r"\b")]
    return "|".join([rf"\b(?:{'|'.join(starts)})", *(each for each in every if not each.startswith(r"\b"))])


def _alternatives(expression: str) -> list[str]:
    """The parts of an expression between the bars that stand in no group."""
    parts, depth = [""], 0
    for piece in PIECES.findall(expression):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(FOLDED).lower()


def cue(line: str) -> str:
    """The kind of furniture a line's words speak of; empty: none. Only the first 200 characters are looked at."""
    found = cues().search(_folded(line[:200]))
    return (found.lastgroup or "") if found else ""
