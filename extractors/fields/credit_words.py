"""Words of credit lines in many languages: what stands before and after names, offices, agencies, name particles."""

from __future__ import annotations

import re

# Before a name, whatever follows.
BEFORE = re.compile(
    r"^(?:(?:(?:written|report(?:ed|ing)|posted|published|compiled|story|words|report|text|fotos?|photos?|edit(?:ed|ing)"
    r"|analysis|opinion)\s+)?by|byline|authors?|written|words|ein\w*\s[\w-]{3,30}\s+von|(?:kommentar|gastbeitrag|interview|analyse|essay)\s+von"
    r"|von\s+unser\w+\s+[\w-]{3,40}|von|vom|(?:[\w-]{1,30}-)?(?:redakteur|autor|gastautor|korrespondent|reporter)(?:in)?"
    r"|autor(?:in|en|es|a)?|text|fra|par|propos recueillis par|por|a cura di|door|tekst|przez|avtor|auteurs?|autor[ei]"
    r"|skrevet af|skrevet av|skriven av|toimittaja|yazan|yazar|haber|editör|oleh|penulis|reporter|editor|автор\w*|текст"
    r"|teksti|van onze \w+|deur|oprac\.|připravil\w*|piše|γράφει\s+[ηο]|mwandishi|โดย|লেখক|نویسنده|إعداد"
    r"|bởi|tác giả|autorzy|napisał\w*|szerző|írta|de către|記者|记者|文|取材|聞き手|執筆|撰文|来源|글|작성자|기자|작가"
    r"|بقلم|كتب|מאת|נכתב על ידי"
    r"|लेखक|द्वारा|編輯|作者|责任编辑|責任編輯|配信)(?:\s*[:：／/|・＝=]\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
# Before a name in a printed line only: in structured data these begin surnames (De Wit, Di Maria, Af Klint).
BEFORE_IN_PRINT = re.compile(r"^(?:de|di|da|af|av|od|från|από|του|nga|от)(?:\s*:\s*|\s+)(?=\S)", re.IGNORECASE)
AFTER = re.compile(
    r"(?:\s*[（(]?\s*(?:記者|特派員|編集委員|論説委員|支局長|기자|특파원|논설위원|선임기자|인턴기자|记者)\s*[)）]?"
    r"|\s*(?:has contributed|contributed) .*|\s+(?:for|für|pour|para)\s+\S.{0,40}"
    r"|\s+(?:published|updated|posted)\b.{0,60}"
    r"|\s+(?:with|mit|avec|con|com|med|och|e)\s+(?:agenc\w+|agent\w+|agenz\w+|wires|byråer|byline)"
    r"|,?\s+(?:and|und|et)\s+(?:agencies|agenturen|agences))$",
    re.IGNORECASE,
)
PICTURE = re.compile(r"^(?:image|photo|picture|foto|bild|illustration|grafik|video|写真|사진)\w*\b", re.IGNORECASE)
JOB = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|columnist|producer|analyst|critic|chief|head of|director|professor|"
    r"journalist\w*|redakteur\w*|reporterin|korrespondent\w*|chefredakteur\w*|autor\w*|volontär\w*|leiter\w*|"
    r"journaliste|correspondant\w*|envoyée? spécial\w*|rédact\w+ en chef|chroniqueu\w+|periodista|corresponsal\w*|"
    r"redactor\w*|giornalista|inviat[oa]|direttore|journalist|redaktør|redaktör|toimittaja|muhabir\w*|jurnalis|"
    r"agencies|agenturen|agences|wartawan|dziennikar\w+|корреспондент|обозреватель|журналист)(?:s|en|innen|es)?\b",
    re.IGNORECASE,
)
ORGANISATION = re.compile(
    r"redaktion|redaction|rédaction|redacción|redazione|redação|redaktie|redactie|redakcj|redaksi|toimitus|nachrichten"
    r"|agentur|agency|agence|agencia|agenzia|presse|zeitung|tagblatt|anzeiger|universit|institut|ajans|gazete"
    r"|\b(?:associated|bureau|council|daily|department|desk|digital|editorial|editors?|foundation|gazette|haber|herald"
    r"|journal|magazine?|media|ministry|network|news|newsroom|online|post|press|reporters|correspondents|reuters|staff"
    r"|team|times|tribune)\b(?!-)"
    r"|新聞|通信|編集|報道|取材班|社$|新闻|社记者|통신|신문|일보|뉴스|編輯|وكالة|агентств|редакци|новости|ТАСС|РИА"
    r"|www\.|^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}$",
    re.IGNORECASE,
)
# What Chinese papers print around a reporter's name without a space: the desk before it, the place behind a stroke.
BEFORE_CHINESE = re.compile(r"^[\u4e00-\u9fff]{0,6}(?:記者|记者)(?=[\u4e00-\u9fff]{2,4}$)")
PLACE_OF_REPORT = re.compile(r"[\u4e00-\u9fff]{2,6}(?:報導|报道)")
DEGREE = re.compile(r"M\.?D|Ph\.?D|M\.?B\.?A|[MB]\.?Sc|[MB]A|RN|RD|CPA|JD|Esq|OBE|MBE|CBE", re.IGNORECASE)
# What programs print for no author.
NOBODY = frozenset(["null", "undefined", "none", "array", "unknown", "n/a", "nil", "false", "true"])
_PARTICLES = (
    "de la le du des von van der den del della di da dos das do el al bin ibn ben y e zu zur und ter ten af av st"
)
_NEWSWIRES = """
    dpa afp ap apa ansa efe rtr reuters sid epd kna tass ria pa aap ntb tt ritzau stt lusa anp belga pap mti ctk čtk
    sda ats afx upi ani pti ians bernama antara xinhua kyodo jiji yonhap cp dha iha aa anka itar-tass bloomberg cna unb
    vna interfax unian ukrinform agerpres hina tanjug bta elta bns leta lrt cnn bbc npr pbs abc nbc cbs euronews sky
    zdf ard orf srf br ndr wdr mdr swr hr rbb dw
"""
PARTICLES = frozenset(_PARTICLES.split())
NEWSWIRES = frozenset(_NEWSWIRES.split())
