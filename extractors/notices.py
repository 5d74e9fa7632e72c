"""Notices to the reader about the page itself, above the text: "skip the menu", "go to the main text"."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from extractors.lines import weight
from extractors.witness import squeezed

if TYPE_CHECKING:
    from extractors.column import Column

# The parts of a page that such a line names, and what it says of moving past or to them. One language a line.
PARTS = (
    "menu", "navigation", "main text", "main content", "main column", "main body", "text area", "to content", "toolbar",
    "menü", "hauptinhalt", "haupttext", "textbereich", "inhaltsbereich", "seiteninhalt", "zum inhalt",
    "contenu", "texte principal", "colonne principale", "corps du texte",
    "menú", "navegación", "contenido", "texto principal", "navegação", "conteúdo",
    "navigazione", "contenuto", "testo principale", "navigatie", "inhoud", "hoofdtekst",
    "meny", "huvudinnehåll", "innehållet", "hovedinnhold", "innholdet", "hovedindhold", "indholdet",
    "меню", "навигаци", "содержани", "основному текст", "основной текст", "контент",
    "nawigacj", "głównej treści", "içeriğe", "ana metin", "valiko", "pääsisältö",
    "メニュー", "ナビゲーション", "本文", "コンテンツ", "菜单", "選單", "选单", "导航", "導航", "正文", "主要内容",
    "메뉴", "본문", "내비게이션", "القائمة", "المحتوى", "תפריט", "תוכן", "मुख्य सामग्री", "मेनू",
)  # fmt: skip
MOVES = (
    r"\b(?:skip\w*|jump\w*|pass(?:ing)? over|bypass\w*|leav(?:e|ing) out|without|past|straight to|directly to)\b",
    r"\b(?:go to|continue to|proceed to|begin at|start at|reach|move to|ahead to)\b",
    r"\b(?:überspring\w*|übergeh\w*|auslassen|spring\w*|direkt z\w+|gelang\w*|ohne|vorbei)\b",
    r"\b(?:sauter|passer|passez|sautez|ignorer|éviter|évitez|aller|allez|accéder|accédez|directement)\b",
    r"\b(?:saltar|salte|omitir|omita|pasar|pase|ir a|vaya|directamente|sin pasar)\b",
    r"\b(?:pular|pule|ignorar|ir para|salta\w*|vai|passa\w*|direttamente|overslaan|sla|ga naar|direct naar)\b",
    r"\b(?:hoppa|hopp|hop|gå|spring|direkt)\b|\b(?:пропус\w+|перей\w+|минуя|сразу|обойти)\b",
    r"\b(?:pomiń|przejdź|przeskocz|pominąć|atla\w*|geç\w*|siirry|ohita)\b",
    r"飛ば|とば|スキップ|移動|進む|進め|読み飛|跳|略过|略過|前往|直接|건너|바로|이동|تخط|انتقل|דלג|जाएं|छोड़",
)
SHORT = 200  # weighed characters
LIKE = 40  # letters of a headline or summary that tell it
FIRST = 2  # lines at the head of the text that may be notices


@functools.cache
def _moves() -> re.Pattern[str]:
    return re.compile("|".join(MOVES), re.IGNORECASE)


def notices(column: Column) -> dict[int, str]:
    """The notices among the first kept lines of the page, each with the reason."""
    kept = [at for at, keep in enumerate(column.taken) if keep and at <= column.last]
    return {at: "notice about the page" for at in kept[:FIRST] if len(kept) > 1 and _is_notice(column, at)}


def _is_notice(column: Column, at: int) -> bool:
    text = column.blocks[at].text
    lower = text[: SHORT + 1].lower()
    if weight(text) > SHORT or not any(part in lower for part in PARTS) or not _moves().search(text):
        return False
    key, says = squeezed(lower), column.says
    return not any(key in said or said[:LIKE] in key for said in (*says.descriptions, *says.titles))
