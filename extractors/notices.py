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
    r"\b(?:skip|skipping|jump|bypass|bypassing|pass(?:ing)? over|leav(?:e|ing) out)\b",
    r"\b(?:go|move|continue|proceed|get) (?:\w+ )?to (?:the |this )?(?:main|text|story|article|content|page)",
    r"\b(?:begin|start) (?:at|with) the (?:main|text|story|article|content)|\bdirectly to the\b",
    r"\büberspring\w*|\b(?:direkt|gleich|weiter) zu[mr]?\b|\b(?:spring|gelang)\w* (?:\w+ )?zu[mr]\b",
    r"\bzum (?:haupt)?inhalt\b",
    r"\b(?:passer|passez|sauter|sautez|ignorer|éviter|évitez) (?:le |la |les )?(?:menu|navigation)",
    r"\b(?:aller|allez|accéder|accédez|passer|passez) (?:directement )?(?:au|à la)\b",
    r"\b(?:saltar|salte|omitir|omita|pasar|pase|pular|pule|ignorar|saltare|salta) (?:el |la |o |a |il )?(?:men|nav)",
    r"\b(?:ir|vaya|saltar|pasar|pule|vai|passa|salta) (?:\w+ )?(?:al|para o|ao)\b",
    r"\boverslaan\b|\b(?:ga|direct|spring) (?:\w+ )?naar\b",
    r"\b(?:hoppa|hopp|hop|gå|spring) (?:\w+ )?(?:till|til|over|över)\b",
    r"\bпропус\w+|\bперей\w+ к\b|\bминуя\b|\bpomiń|\bprzejdź|\bprzeskocz|\batla|\bgeç\b|\bsiirry|\bohita",
    r"飛ば|とば|スキップ|移動|進む|進め|跳[过過至到]|略过|略過|前往|건너|바로|이동|تخط|انتقل|דלג|जाएं|छोड़",
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
