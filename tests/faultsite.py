"""Sites that do to a fetcher whatever the network does, over three rounds, in a process of their own.

    python tests/faultsite.py ROUND LOG PORT_FILE

`expected(round)` are the articles that should be in the tables after a round. Each line of LOG is a request, written
when its answer was over.
"""

import asyncio
import gzip
import json
import random
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import brotli
from backports import zstd
from faultserver import FaultServer, answer, endless, has_ipv6, redirect, silence, then_close, then_reset

ROUNDS = (1, 2, 3)
WORDS = ("harbour", "ferry", "council", "bridge", "market", "river", "pilot", "winter", "school", "engineer", "budget",
         "festival", "orchard", "teacher", "railway", "museum", "station", "weather", "garden", "library", "doctor",
         "theatre", "village", "mayor", "bakery", "lantern", "summer", "tunnel", "archive")  # fmt: skip
MANY = 150  # articles of news.test in the first round
EDITED, REMOVED, ADDED = range(5), range(5, 8), range(MANY, MANY + 4)  # in the second
KIB, MIB = 1 << 10, 1 << 20


@dataclass(frozen=True)
class Site:
    """A host and how it is configured; `names` are the paths of its feed."""

    name: str
    names: tuple[str, ...]
    delay: float = 0.1
    connections: int = 2
    hosts: tuple[str, ...] = ()
    kind: str = "feed"
    endpoint: str = "/feed.xml"
    address: str = "127.0.0.1"

    @property
    def host(self):
        return f"{self.name}.test"

    def url(self, path):
        return f"http://{self.host}{path}"


# ── Articles ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def mark(path, edition=1):
    """A sentence that stands in the article of a path and nowhere else."""
    return f"Clerk {path.strip('/').replace('/', ' ').replace('.', ' ')} counted {edition} lanterns by hand."


def page(site, path, edition=1, *, canonical=None, sentence=""):
    """The HTML of an article."""
    chosen = random.Random(f"{site} {path}")
    lines = [f"The {' '.join(chosen.choices(WORDS, k=18))} was seen on Monday." for _ in range(8)]
    body = "".join(f"<p>{line}</p>" for line in (mark(path, edition), sentence, *lines) if line)
    title = f"{' '.join(chosen.choices(WORDS, k=5)).capitalize()} {path.strip('/')}"
    told = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title,
            "datePublished": "2026-11-24T05:00:00Z"}  # fmt: skip
    link = canonical or f"http://{site}.test{path}"
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title><link rel="canonical" href="{link}">'
        f'<script type="application/ld+json">{json.dumps(told)}</script></head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )


def served(html, edition=1, *, content_type="text/html; charset=utf-8"):
    """A page with validators, answered 304 to who has it; `html` is text (in UTF-8) or bytes."""
    body = html.encode() if isinstance(html, str) else html
    etag = f'"{edition}-{len(body)}"'

    async def route(asked, writer):
        fresh = asked.headers.get("if-none-match") == etag
        named = {"ETag": etag, "Last_Modified": "Tue, 24 Nov 2026 05:00:00 GMT", "Content_Type": content_type}
        writer.write(answer(304, **named) if fresh else answer(200, body, **named))
        await writer.drain()

    return route


def plain(site, path, edition=1, **more):
    return served(page(site, path, edition, **more), edition)


# ── What goes wrong ──────────────────────────────────────────────────────────────────────────────────────────────────


async def loris(_, writer):
    """One byte every tenth of a second, for ever."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.1)


def retry_after_a_date(_, writer):
    now = datetime.now(UTC).replace(microsecond=0)
    date, later = (format_datetime(moment, usegmt=True) for moment in (now, now + timedelta(seconds=2)))
    named = {"Date": date, "Retry_After": later}
    writer.write(answer(503, **named))
    return writer.drain()


def bomb(coding, body):
    return answer(200, body, Content_Type="text/html", Content_Encoding=coding)


ZEROS = bytes(256 * MIB)
CYRILLIC = "Паромщик вышел из гавани в девять утра и вернулся затемно."
JAPANESE = "渡し船は朝九時に港を出て、暗くなる前に戻った。"
FRENCH = "Le passeur a quitté le port à neuf heures, déçu par la marée."
CHARSETS = {  # path: (sentence, encoding, Content-Type, charset of the meta element)
    "/c/1": (FRENCH, "windows-1252", "text/html; charset=utf-8", "utf-8"),
    "/c/2": (FRENCH, "utf-8", "text/html; charset=iso-8859-1", "iso-8859-1"),
    "/c/3": (CYRILLIC, "windows-1251", "text/html", "windows-1251"),
    "/c/4": (CYRILLIC, "windows-1251", "text/html; charset=utf-8", "windows-1251"),
    "/c/5": (JAPANESE, "shift_jis", "text/html", "shift_jis"),
    "/c/6": (JAPANESE, "euc_jp", "text/html; charset=utf-8", "euc-jp"),
}


def charsets(path):
    sentence, encoding, content_type, meta = CHARSETS[path]
    html = page("charsets", path, sentence=f"{sentence} " * 6).replace("<head>", f'<head><meta charset="{meta}">')
    return served(html.encode(encoding, "xmlcharrefreplace"), content_type=content_type)


# ── The sites ────────────────────────────────────────────────────────────────────────────────────────────────────────


def numbered(prefix, count):
    return tuple(f"/{prefix}/{number}" for number in range(count))


NEWS = numbered("a", MANY + len(ADDED))
SITES = (
    Site("news", NEWS, delay=0.05),
    Site("resets", (*numbered("b", 6), "/always-reset", "/once-reset")),
    Site("cuts", (*numbered("b", 2), "/cut", "/length", "/chunked")),
    Site("loris", (*numbered("b", 2), "/loris")),
    Site("mute", (*numbered("b", 2), "/mute")),
    Site("loops", (*numbered("l", 2), "/self", "/ping", "/far", "/inside", "/metadata", "/six", "/named", "/moved",
                   "/out"), hosts=("localhost",)),
    Site("huge", (*numbered("h", 2), "/endless", "/declared", "/gzip", "/br", "/zstd", "/film")),
    Site("busy", (*numbered("y", 2), "/seconds", "/date", "/flapping")),
    Site("walls", (*numbered("y", 2), "/always-500", "/forbidden", "/challenge")),
    Site("later", numbered("r", 6), connections=1),
    Site("charsets", tuple(CHARSETS)),
    Site("closed", numbered("x", 2)),
    Site("partly", (*numbered("p", 2), "/private/1")),
    Site("ill", numbered("i", 3)),
    Site("none", numbered("n", 2)),
    Site("wordy", ("/w/0", "/early/1", "/late/1")),
    Site("slow", numbered("s", 4)),
    Site("mapped", numbered("m", 3), kind="sitemap", endpoint="/sitemap.xml"),
    Site("front", tuple(f"/2026/11/24/the-ferry-leaves-the-harbour-early-{n}" for n in range(4)), kind="section",
         endpoint="/news"),
    Site("json", numbered("j", 3), endpoint="/feed.json"),
    Site("six", numbered("v", 3), address="[::1]" if has_ipv6() else "127.0.0.1"),
)  # fmt: skip
BY_NAME = {site.name: site for site in SITES}
FILLER = b"# " + b"x" * 97 + b"\n"
ROBOTS = {
    "closed": answer(200, b"User-agent: *\nDisallow: /\n"),
    "partly": answer(200, b"User-agent: *\nDisallow: /private/\nAllow: /\n"),
    "none": answer(404),
    "wordy": answer(200, b"User-agent: *\nDisallow: /early/\n" + FILLER * 6144 + b"Disallow: /late/\n"),
    "slow": answer(200, b"User-agent: *\nCrawl-delay: 0.4\n"),
}


def sitemap(site, _):
    entries = "".join(f"<url><loc>{site.url(path)}</loc></url>" for path in site.names)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


def section(site, _):
    """A section page: the navigation of the site, and teasers that lead to its articles."""
    ways = "".join(f'<li><a href="/{name}">{name.capitalize()}</a></li>' for name in ("sport", "weather", "contact"))
    teasers = "".join(
        f'<article><h2><a href="{path}">The ferry leaves the harbour early for the {n}th time</a></h2>'
        f"<p>Passengers were told so on the evening before.</p></article>"
        for n, path in enumerate(site.names)
    )
    return f"<!doctype html><title>News</title><nav><ul>{ways}</ul></nav><main>{teasers}</main>"


def json_feed(site, _):
    items = [{"id": path, "url": site.url(path), "title": path} for path in site.names]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": site.name, "items": items})


ANNOUNCED = {
    "/sitemap.xml": (sitemap, "application/xml"),
    "/news": (section, "text/html; charset=utf-8"),
    "/feed.json": (json_feed, "application/feed+json"),
}


def routes(round_, port):
    """Everything that is served in a round."""
    edited = {n: 1 if round_ == 1 or n not in EDITED else 2 for n in range(len(NEWS))}
    found = {f"news.test/a/{n}": plain("news", f"/a/{n}", edition) for n, edition in edited.items()}
    if round_ > 1:
        found |= {f"news.test/a/{n}": answer(404 if n % 2 else 410) for n in REMOVED}
    found |= {  # forms of one article: each is served, each says whose form it is
        f"news.test{path}": plain("news", "/a/9", canonical="http://news.test/a/9")
        for path in ("/amp/a/9", "/a/9?print=1", "/print/9")
    }
    for site in SITES[1:]:
        found |= {f"{site.host}{path}": plain(site.name, path) for path in site.names}
    found |= {f"charsets.test{path}": charsets(path) for path in CHARSETS}
    found |= _broken(round_) | _loops(port) | _huge() | _busy(round_)
    if round_ == 1:
        found |= {f"later.test/r/{n}": answer(429, Retry_After="3600") for n in range(6)}
    for site in SITES:
        found[f"{site.host}/robots.txt"] = ROBOTS.get(site.name, answer(200, b"User-agent: *\nAllow: /\n"))
        text, content_type = ANNOUNCED.get(site.endpoint, (feed, "application/rss+xml"))
        found[site.host + site.endpoint] = served(text(site, round_), round_, content_type=content_type)
    found["ill.test/robots.txt"] = answer(503) if round_ == 1 else answer(404)
    return found


def _broken(round_):
    whole = answer(200, page("cuts", "/cut").encode(), Content_Type="text/html")
    longer = answer(200, page("cuts", "/length").encode(), length=90_000, Content_Type="text/html")
    chunked = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal"
    once = plain("resets", "/once-reset")
    ways = {
        "resets.test/always-reset": then_reset(),
        "resets.test/once-reset": [then_reset(), once] if round_ == 1 else once,
        "cuts.test/chunked": then_close(chunked), "loris.test/loris": loris, "mute.test/mute": silence,
    }  # fmt: skip
    cut = {"cuts.test/cut": then_close(whole[:-300]), "cuts.test/length": then_close(longer)}
    return ways | (cut if round_ == 1 else {})


def _loops(port):
    ways = {
        "/self": redirect("/self"), "/ping": redirect("/pong"), "/pong": redirect("/ping"),
        "/far": redirect("/far1"), **{f"/far{n}": redirect(f"/far{n + 1}") for n in range(1, 9)},
        "/inside": redirect(f"http://127.0.0.1:{port}/secret"), "/metadata": redirect("http://169.254.169.254/latest/"),
        "/six": redirect(f"http://[::ffff:127.0.0.1]:{port}/secret"), "/named": redirect(f"http://localhost:{port}/secret"),
        "/moved": redirect("/moved-on", 301), "/moved-on": plain("loops", "/moved-on"),
        "/out": redirect("http://news.test/a/1"),
    }  # fmt: skip
    return {f"loops.test{path}": way for path, way in ways.items()}


def _huge():
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    ways = {
        "/endless": endless(head, b"<p>more</p>" * 6000),
        "/declared": endless(head[:-2] + b"Content-Length: 2147483648\r\n\r\n", b"<p>more</p>" * 6000),
        "/film": endless(head.replace(b"text/html", b"video/mp4"), bytes(64 * KIB)),
        "/gzip": bomb("gzip", gzip.compress(ZEROS, 1)),
        "/br": bomb("br", brotli.compress(ZEROS, quality=1)),
        "/zstd": bomb("zstd", zstd.compress(ZEROS)),
    }
    return {f"huge.test{path}": way for path, way in ways.items()}


def _busy(round_):
    def once(path, way):
        return [way, plain("busy", path)] if round_ == 1 else plain("busy", path)

    ways = {
        "/seconds": once("/seconds", answer(429, Retry_After="1")),
        "/date": once("/date", retry_after_a_date),
        "/flapping": once("/flapping", answer(500)),
    }
    challenge = answer(200, b"<script>window._cf_chl_opt={}</script>", Content_Type="text/html")
    walls = {"/always-500": answer(500), "/forbidden": answer(403), "/challenge": challenge}
    return {
        **{f"busy.test{path}": way for path, way in ways.items()},
        **{f"walls.test{path}": way for path, way in walls.items()},
    }


def feed(site, round_):
    """The feed of a site in a round, links in their publisher's spelling."""
    names = [path for path in site.names if round_ > 1 or path not in {f"/a/{n}" for n in ADDED}]
    links = [site.url(path) for path in names]
    if site.name == "news":
        links += [site.url(f"/a/{n}?utm_source=rss&fbclid=x{n}") for n in range(20)]
        links += [site.url(path) for path in ("/amp/a/9", "/a/9?print=1", "/print/9")]
    items = "".join(
        f"<item><title>{n}</title><link>{link.replace('&', '&amp;')}</link></item>" for n, link in enumerate(links)
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>{site.name}</title>{items}</channel></rss>"


BAD = {
    "resets": {"/always-reset"},
    "cuts": {"/chunked"},
    "loris": {"/loris"},
    "mute": {"/mute"},
    "loops": {"/self", "/ping", "/far", "/inside", "/metadata", "/six", "/named", "/out"},
    "huge": {"/endless", "/declared", "/gzip", "/br", "/zstd", "/film"},
    "walls": {"/always-500", "/forbidden", "/challenge"},
    "closed": {"/x/0", "/x/1"},
    "partly": {"/private/1"},
    "wordy": {"/early/1"},
}
HEALED = {"cuts": {"/cut", "/length"}, "later": set(numbered("r", 6)), "ill": set(numbered("i", 3))}
"""What is no article in the first round, and is one from the second on."""


def expected(round_):
    """The articles that are in the tables after a round: URL to a sentence of each."""
    found = {}
    for site in SITES:
        missing = BAD.get(site.name, set()) | (HEALED.get(site.name, set()) if round_ == 1 else set())
        late = {f"/a/{n}" for n in ADDED} if round_ == 1 else set()
        found |= {site.url(path): mark(path) for path in site.names if path not in missing | late}
    found["http://loops.test/moved"] = mark("/moved-on")  # it keeps the address by which it was first read
    found |= {f"http://charsets.test{path}": told[0] for path, told in CHARSETS.items()}
    if round_ > 1:
        found |= {f"http://news.test/a/{n}": mark(f"/a/{n}", 2) for n in EDITED}
    return found


def sources():
    """The text of sources.toml."""
    return "".join(
        f'[[source]]\nname = "{site.name}"\nhome = "{site.url("/")}"\ndelay = {site.delay}\n'
        f"connections = {site.connections}\nhosts = {json.dumps(site.hosts)}\n"
        f'poll = {{ shortest = "10 min", longest = "10 min" }}\n'
        f'endpoints = [{{ url = "{site.url(site.endpoint)}", kind = "{site.kind}" }}]\n\n'
        for site in SITES
    )


class Logged(FaultServer):
    """Writes each request down when it is over."""

    def __init__(self, log):
        super().__init__({})
        self._log = log.open("a", buffering=1)

    def done(self, asked):
        self._log.write(json.dumps({**asdict(asked), "over": time.monotonic()}) + "\n")


async def main(round_, log, port_file):
    server = Logged(Path(log))
    async with server.serving(six=has_ipv6()):
        server.routes = routes(int(round_), server.port)
        Path(port_file).write_text(str(server.port))  # noqa: ASYNC240 - before anybody asks
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
