"""Ninety made pages that are no articles: ten kinds in nine languages, in four papers' furniture.

`no_articles()` gives them in a fixed order; HELD_OUT names the languages that were not looked at while the rules of
`extractors.kind` were written. `framed` puts any main column into a template, for articles in the same furniture.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from html import escape
from pathlib import Path

HELD_OUT = frozenset({"fr", "ar", "ko"})
KINDS = (
    "soft_404", "login_wall", "pay_wall", "consent_wall", "needs_javascript",
    "live_blog", "gallery", "video", "listing", "other",
)  # fmt: skip
CLOCKS = ("23:48", "22:31", "21:05", "20:40", "19:15", "18:02")
CLOCK_FORMS = {"ja": "{0}時{1}分", "de": "{0}:{1} Uhr", "fr": "{0}h{1}", "ko": "{0}시 {1}분"}
SLUGS = {
    "live_blog": "live/storm-8841",
    "gallery": "story/sheep-fair-7720",
    "video": "story/wall-5512",
    "listing": "valley/",
}


@dataclass(frozen=True)
class Made:
    """A page, what it is, and its language."""

    kind: str
    language: str
    url: str
    html: str

    @property
    def name(self):
        return f"{self.kind}-{self.language}"


def words(language):
    """The sentences of a language."""
    with (Path(__file__).parent / "made_pages.toml").open("rb") as file:
        return tomllib.load(file)[language]


def languages():
    with (Path(__file__).parent / "made_pages.toml").open("rb") as file:
        return tuple(tomllib.load(file))


def no_articles():
    """All made pages, languages by kinds."""
    return [made(kind, language) for language in languages() for kind in KINDS]


def one_by_one():
    """Pages written singly after the rules, with little around them: other phrasings, forms and languages."""
    with (Path(__file__).parent / "made_singly.toml").open("rb") as file:
        return [_single(page) for page in tomllib.load(file)["page"]]


def _single(page):
    head = '<header><a href="/">The Daily Lark</a><nav><a href="/a">News</a><a href="/b">Sport</a></nav></header>'
    foot = (
        "<footer><p>© 2026 The Daily Lark. Registered in England and Wales. Use of this site constitutes acceptance of "
        "our terms of use and our privacy policy, and of the use of cookies.</p><a href='/c'>Contact</a></footer>"
    )
    html = document(page["title"], head + page["main"] + foot, page["language"], page["head"])
    return Made(page["kind"], page["language"], page["url"], html)


def made(kind, language):
    """One page. The template and the form of its middle change with language and kind."""
    said = words(language)
    turn = languages().index(language) + KINDS.index(kind)
    title, main, head = MIDDLES[kind](said, language, turn // 2)
    url = f"https://www.paper-{language}.test/{SLUGS.get(kind, f'2026/03/story-{turn}')}"
    if kind == "consent_wall" and turn % 2:
        return Made(kind, language, url, bare(title, main, language))
    if kind == "needs_javascript":
        return Made(kind, language, url, shell(title, said, language, turn))
    return Made(kind, language, url, framed(title, main, language, turn % 4, head))


def soft_404(said, _language, turn):
    heading, *lines = said["soft_404"]
    search = '<form action="/search"><input name="q"><button>?</button></form>'
    more = teasers(said, turn) if turn % 2 else ""
    return heading, f"<h1>{heading}</h1>{paragraphs(lines)}{search}{more}", ""


def login_wall(said, _language, turn):
    heading, line, mail, password, button, register = said["login"]
    form = (
        f'<form method="post" action="/session"><label>{mail}<input type="email" name="u"></label>'
        f'<label>{password}<input type="password" name="p"></label><button>{button}</button></form>'
    )
    tag = "h1" if turn % 2 else "h2"
    return heading, f'<{tag}>{heading}</{tag}><p>{line}</p>{form}<p><a href="/register">{register}</a></p>', ""


def pay_wall(said, language, turn):
    headline, lead, *gate = said["pay"]
    offer = f'<div class="offer"><h2>{gate[0]}</h2>{paragraphs(gate[1:])}<a class="b" href="/subscribe">€</a></div>'
    node = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": headline, "isAccessibleForFree": False,
        "datePublished": "2026-03-09T06:00:00Z", "inLanguage": language,
    }  # fmt: skip
    head = '<meta property="og:type" content="article">' + (ld(node) if turn % 2 else "")
    return headline, f"<h1>{headline}</h1><p>2026-03-09 06:00</p><p>{lead}</p>{offer}", head


def consent_wall(said, _language, _turn):
    heading, one, two, accept, manage = said["consent"]
    buttons = f"<button>{accept}</button><button>{manage}</button>"
    return heading, f'<div class="message"><h1>{heading}</h1><p>{one}</p><p>{two}</p>{buttons}</div>', ""


def needs_javascript(said, _language, _turn):
    return said["paper"], "", ""


def live_blog(said, language, turn):
    headline, *entries = said["live"]
    form = CLOCK_FORMS.get(language, "{0}:{1}")
    stamps = [form.format(*clock.split(":")) for clock in CLOCKS]
    shapes = (
        '<li class="post"><time datetime="2026-03-09T{clock}:00Z">{stamp}</time><div><p>{text}</p></div></li>',
        '<div class="entry"><span class="t">{stamp}</span><p>{text}</p></div>',
        "<section><h3>{stamp}</h3><p>{text}</p></section>",
    )
    shape = shapes[turn % 3]
    posts = [shape.format(clock=c, stamp=s, text=t) for c, s, t in zip(CLOCKS, stamps, entries, strict=True)]
    wrap = "<ol>{}</ol>" if turn % 3 == 0 else "<div>{}</div>"
    node = {"@context": "https://schema.org", "@type": "LiveBlogPosting", "headline": headline}
    head = '<meta property="og:type" content="article">' + (ld(node) if turn % 4 == 0 else "")
    return headline, f"<h1>{headline}</h1>{wrap.format(''.join(posts))}", head


def gallery(said, _language, turn):
    headline, *captions = said["gallery"]
    shapes = (
        '<figure><img src="/i/{n}.jpg" alt=""><figcaption>{c}</figcaption></figure>',
        '<div class="slide"><img data-src="/i/{n}.jpg"><p class="cap">{c}</p></div>',
        '<li><a href="/i/{n}.jpg"><img src="/i/{n}-s.jpg" alt="{c}"></a><span>{n} / 6</span> {c}</li>',
    )
    slides = "".join(shapes[turn % 3].format(n=n, c=c) for n, c in enumerate(captions, 1))
    slides = f"<ul>{slides}</ul>" if turn % 3 == 2 else slides
    return headline, f'<h1>{headline}</h1><div class="set">{slides}</div>', ""


def video(said, _language, turn):
    headline, line, length = said["video"]
    players = (
        '<video controls poster="/i/v.jpg"><source src="/v/wall.mp4" type="video/mp4"></video>',
        '<div class="embed"><iframe src="https://www.youtube.com/embed/abc123" allowfullscreen></iframe></div>',
        '<div id="player-video" class="jwplayer" data-media="8812"></div>',
    )
    head = '<meta property="og:type" content="video.other">' if turn % 4 == 1 else ""
    return headline, f"<h1>{headline}</h1>{players[turn % 3]}<p>{line}</p><p>{length}</p>{teasers(said, turn)}", head


def listing(said, language, turn):
    heading = said["listing"] if turn % 3 else said["sections"][1]
    node = {"@context": "https://schema.org", "@type": "CollectionPage", "name": heading, "inLanguage": language}
    head = '<meta property="og:type" content="website">' + (ld(node) if turn % 4 == 0 else "")
    return heading, f"<h1>{heading}</h1>{teasers(said, turn)}<p><a href='?p=2'>2</a> <a href='?p=3'>3</a></p>", head


def other(said, _language, _turn):
    heading, *lines = said["other"]
    return heading, f"<h1>{heading}</h1>{paragraphs(lines)}", ""


def teasers(said, turn):
    """Headlines with links, teased in one of three forms."""
    shapes = (
        '<article><h3><a href="/s/{n}">{h}</a></h3><p>{s}</p><time>2026-03-0{n}</time></article>',
        '<div class="card"><a href="/s/{n}"><img src="/i/t{n}.jpg" alt=""><span>{h}</span></a><div>{s}</div></div>',
        '<li>2026-03-0{n} <a href="/s/{n}">{h}</a></li>',
    )
    pairs = zip(said["headlines"], said["summaries"], strict=True)
    cards = "".join(shapes[turn % 3].format(n=n, h=escape(h), s=escape(s)) for n, (h, s) in enumerate(pairs, 1))
    return f"<ul>{cards}</ul>" if turn % 3 == 2 else f"<div>{cards}</div>"


MIDDLES = {
    "soft_404": soft_404, "login_wall": login_wall, "pay_wall": pay_wall, "consent_wall": consent_wall,
    "needs_javascript": needs_javascript, "live_blog": live_blog, "gallery": gallery, "video": video,
    "listing": listing, "other": other,
}  # fmt: skip


def paragraphs(lines):
    return "".join(f"<p>{line}</p>" for line in lines)


def ld(node):
    return f'<script type="application/ld+json">{json.dumps(node, ensure_ascii=False)}</script>'


def document(title, body, language, head=""):
    turned = ' dir="rtl"' if language == "ar" else ""
    return (
        f'<!doctype html><html lang="{language}"{turned}><head><meta charset="utf-8"><title>{title}</title>{head}'
        f"</head><body>{body}</body></html>"
    )


def bare(title, main, language):
    return document(title, main, language, '<meta name="robots" content="noindex"><script src="/cmp.js"></script>')


def shell(title, said, language, turn):
    root = ('<div id="root"></div>', '<div id="__next"><div class="spinner"></div></div>', "<app-root></app-root>")
    silent = f"<noscript>{said['javascript']}</noscript>" if turn % 2 else f"<p>{said['javascript']}</p>"
    return document(
        title, f'{silent}{root[turn % 3]}<script src="/a.js"></script><script>var s={{}}</script>', language
    )


def framed(title, main, language, template=0, head=""):
    """A page of one of four papers with this main column."""
    said = words(language)
    head = f'<meta property="og:site_name" content="{said["paper"]}"><meta property="og:title" content="{title}">{head}'
    body = (modern, divs, table, busy)[template](said, main)
    return document(f"{title} - {said['paper']}", body, language, "" if template == 2 else head)


def modern(said, main):
    links = "".join(f'<li><a href="/{n}/">{name}</a></li>' for n, name in enumerate(said["sections"]))
    return (
        f'<header><a href="/">{said["paper"]}</a><nav><ul>{links}</ul></nav></header><main>{main}</main>'
        f"<aside><h2>{said['most_read']}</h2>{_ranking(said)}</aside>"
        f"<footer><p>{said['newsletter']}</p><p>{said['rights']}</p></footer>"
        f'<div class="cookie"><p>{said["cookie"]}</p>'
        f"<button>{said['accept']}</button></div>"
    )


def divs(said, main):
    links = " ".join(f'<a href="/{n}/">{name}</a>' for n, name in enumerate(said["sections"]))
    return (
        f'<div id="cc"><p>{said["cookie"]}</p><button>{said["accept"]}</button></div>'
        f'<div id="top">{said["paper"]}</div>'
        f'<div id="menu">{links}</div><div id="content">{main}</div><div id="side"><h4>{said["most_read"]}</h4>'
        f'{_ranking(said)}</div><div id="bottom"><p>{said["newsletter"]}</p><p>{said["rights"]}</p></div>'
    )


def table(said, main):
    links = " | ".join(f'<a href="/{n}/">{name}</a>' for n, name in enumerate(said["sections"]))
    return (
        f'<table width="800"><tr><td colspan="2"><b>{said["paper"]}</b><br>{links}</td></tr><tr><td width="180">'
        f'<font size="2"><b>{said["most_read"]}</b></font>{_ranking(said)}</td><td>{main}</td></tr>'
        f'<tr><td colspan="2"><font size="1">{said["rights"]}</font></td></tr></table>'
    )


def busy(said, main):
    """A header with a form to sign in, a newsletter box in the main column, related headlines below."""
    mail, button, register = said["login"][2], said["login"][4], said["login"][5]
    links = "".join(f'<a href="/{n}/">{name}</a>' for n, name in enumerate(said["sections"]))
    return (
        f'<div class="bar"><form action="/login"><input name="u" placeholder="{mail}"><input type="password" name="p">'
        f'<button>{button}</button></form><a href="/register">{register}</a></div><div class="menu">{links}</div>'
        f'<div class="page">{main}<div class="letter"><p>{said["newsletter"]}</p><form><input type="email">'
        f"<button>OK</button></form></div><h3>{said['most_read']}</h3>{_ranking(said)}</div>"
        f'<div class="end"><p>{said["rights"]}</p><p>{said["cookie"]}</p></div>'
    )


def _ranking(said):
    return "<ol>" + "".join(f'<li><a href="/s/{n}">{h}</a></li>' for n, h in enumerate(said["headlines"][:4])) + "</ol>"
