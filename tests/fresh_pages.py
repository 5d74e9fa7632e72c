"""Whole pages in the frames of several systems, from fresh_pages.toml: some are no articles, some are odd ones."""

import functools
import tomllib
from pathlib import Path
from typing import NamedTuple

BANNER = (
    '<div id="onetrust-banner-sdk" role="dialog"><h2>We value your privacy</h2><p>We and our 842 partners store and/or '
    "access information on a device, such as cookies, and process personal data.</p><button>Accept all</button></div>"
)
FRAMES = {
    "bare": "<body>{main}</body>",
    "wp": (
        '<body class="wp-embed-responsive">{banner}<header id="masthead"><a href="/" rel="home">The Gazette</a>'
        '<nav class="main"><ul class="menu">{items}</ul></nav></header><div id="content">{main}</div>'
        '<footer id="colophon"><a href="/about">About us</a> <a href="/terms">Terms</a> © The Gazette</footer></body>'
    ),
    "drupal": (
        '<body class="path-node"><a href="#main-content" class="skip-link">Skip</a>{banner}<div class="layout">'
        '<header role="banner"><a href="/">The Gazette</a><nav><ul class="menu">{items}</ul></nav></header>'
        '<main role="main"><div class="region region-content">{main}</div></main>'
        '<footer role="contentinfo"><a href="/node/1">Contact</a></footer></div></body>'
    ),
    "next": (
        '<body><div id="__next">{banner}<header class="Header_root__2kP"><a href="/">Gazette</a><div>{links}</div>'
        '</header><div class="Layout">{main}</div><footer><a href="/f">About us</a><p>© Gazette</p></footer>'
        '</div><script id="__NEXT_DATA__" type="application/json">{{"props":{{}}}}</script></body>'
    ),
    "nuxt": (
        '<body>{banner}<div data-server-rendered id="__nuxt"><header data-v-1a><a href="/">The Gazette</a>'
        '<ul data-v-1a>{items}</ul></header><div class="page">{main}</div><footer><a href="/f">About us</a></footer>'
        "</div><script>window.__NUXT__=(function(a){{return {{data:[{{}}]}}}}(null));</script></body>"
    ),
    "svelte": (
        '<body><div id="svelte"><div class="topbar"><a href="/">The Gazette</a><div class="menu">{links}</div></div>'
        '<div class="wrap">{main}</div><div class="bottom"><a href="/a">About us</a> © The Gazette</div></div></body>'
    ),
    "old": (
        '<body bgcolor=white>{banner}<table width=980><tr><td><img src=/logo.gif alt="Gazette"></td></tr><tr>{cells}'
        '</tr><tr><td>{main}</td></tr><tr><td><a href="/f">About us</a> <a href="/g">Terms</a></td></tr></table></body>'
    ),
}


class FreshPage(NamedTuple):
    """A page by name, with its address."""

    name: str
    url: str
    html: str


@functools.cache
def _told():
    return tomllib.loads((Path(__file__).parent / "fresh_pages.toml").read_text("utf-8"))


def no_articles():
    """Pages of every kind that is refused."""
    return [_page(name, row) for name, row in _told()["no_articles"].items()]


def odd_articles():
    """Articles of odd forms, and on matters that resemble walls."""
    return [_page(name, row) for name, row in _told()["articles"].items()]


def framed(main, frame="next", language="en", title="Story", head=""):
    """A main part in a frame; a plus sign after the frame's name asks for a banner."""
    links = [
        f'<a href="/{place}">{word}</a>' for place, word in enumerate(_told()["nav"].get(language, ["News", "Sport"]))
    ]
    direction = ' dir="rtl"' if language in {"ar", "he"} else ""
    body = FRAMES[frame.rstrip("+")].format(
        main=main,
        banner=BANNER if frame.endswith("+") else "",
        links=" ".join(links),
        items="".join(f"<li>{link}</li>" for link in links),
        cells="".join(f"<td>{link}</td>" for link in links),
    )
    meta = f'<meta charset="utf-8"><title>{title} | The Gazette</title><style>.grid{{display:grid}}</style>{head}'
    return f'<!DOCTYPE html><html lang="{language}"{direction}><head>{meta}</head>{body}</html>'


def _page(name, row):
    frame, language, url, title, head, main = row
    return FreshPage(name, url, main if frame == "raw" else framed(main, frame, language, title, head))
