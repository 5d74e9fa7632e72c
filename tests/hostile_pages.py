"""Pages made to break a reader: each a function of a size, so that tests have them small (0.01) or in full (1.0)."""

import gzip
import io
import json
import struct
import zipfile
import zlib
from dataclasses import dataclass

TEXT = (
    "The harbour board met on Tuesday and put off its vote on the new quay until the tide tables have been printed.",
    "Fishermen who had waited outside since six in the morning said that they had expected nothing else of it.",
    "A second meeting is planned for the end of the month, when the surveyors will have been out to the bar again.",
)
STORY = "<h1>The quay must wait</h1>" + "".join(f"<p>{line}</p>" for line in TEXT)


@dataclass(frozen=True)
class Hostile:
    """The bytes of a page and the Content-Type it came with."""

    html: bytes
    content_type: str | None = "text/html; charset=utf-8"


def page(body=STORY, head=""):
    return (
        f"<!DOCTYPE html><html lang=en><head><title>The quay must wait</title>{head}</head><body>{body}</body></html>"
    )


def ld(text):
    return f'<script type="application/ld+json">{text}</script>'


def article(**more):
    return {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "The quay must wait", **more}


def times(size, full):
    """How many of something there are on a page of that size."""
    return max(3, int(size * full))


# ── Shape of the tree ────────────────────────────────────────────────────────────────────────────────────────────────


def deep_divs(size):
    count = times(size, 200_000)
    return page("<div>" * count + STORY + "</div>" * count)


def deep_open_divs(size):
    return page(STORY + "<div>" * times(size, 200_000))


def deep_inline(size):
    return page("<b><i><u>" * times(size, 60_000) + STORY)


def misnested(size):
    return page(STORY + "<b><p><i></b></p><a></i><div></a>words " * times(size, 20_000) + "</div>")


def deep_lists(size):
    count = times(size, 50_000)
    return page("<ul><li>one" * count + STORY)


def deep_tables(size):
    return page("<table><tr><td>" * times(size, 20_000) + STORY)


def deep_quotes(size):
    return page("<blockquote><p>words " * times(size, 30_000) + STORY)


def spans_of_columns(size):
    cells = "<td colspan=1000 rowspan=1000>cell</td>" * 20
    return page(STORY + f"<table>{f'<tr>{cells}</tr>' * times(size, 400)}</table>")


def span_beyond_numbers(size):
    rows = f"<tr><td colspan={'9' * 400}>a<td colspan=-5>b<td rowspan=0>c</tr>" * times(size, 5_000)
    return page(f"{STORY}<table>{rows}</table>")


def wide_table(size):
    return page(f"{STORY}<table><tr>{'<td>a cell of words' * times(size, 200_000)}</tr></table>")


def custom_elements(size):
    return page(STORY + "".join(f"<x-{n % 977} a{n}>words</x-{n % 977}>" for n in range(times(size, 60_000))))


def new_tags(size):
    return page(STORY + "".join(f"<tag{n}>" for n in range(times(size, 100_000))))


def line_breaks(size):
    return page(STORY + "<br>" * times(size, 1_000_000))


def lines_and_breaks(size):
    return page(STORY + "a line of verse<br>" * times(size, 100_000))


def empty_paragraphs(size):
    return page(STORY + "<p>" * times(size, 500_000))


def metas_and_links(size):
    one = '<meta property="article:tag" content="tide"><link rel="canonical" href="/a"><link rel=next href=/2>'
    return page(head=one * times(size, 100_000))


def headings(size):
    return page("<h1>The quay</h1><h2>must wait</h2>" * times(size, 50_000) + STORY)


def links(size):
    return page(STORY + "".join(f'<a rel="tag next" href="/tag/{n}">tag {n}</a> ' for n in range(times(size, 60_000))))


def microdata(size):
    one = '<div itemscope itemtype="https://schema.org/NewsArticle"><span itemprop="author headline">A B</span>'
    return page(one * times(size, 20_000) + STORY)


def figures(size):
    return page(f"<article>{STORY}{'<figure><img src=a.png><figcaption>words' * times(size, 20_000)}</article>")


def times_of_day(size):
    return page("<time datetime=2026-03-14T09:30>14 March 2026</time>" * times(size, 50_000) + STORY)


def bylines(size):
    return page('<div class="byline author">By Ada Lane and ' * times(size, 30_000) + STORY)


def forms(size):
    return page(STORY + "<form><select><option><template><svg><math><mi><form>" * times(size, 20_000))


def drawings(size):
    return page(STORY + "<svg><g>" * times(size, 50_000) + "<foreignObject><p>words</p>")


def frames(size):
    return f"<html><frameset>{'<frame src=a.html><noframes>words' * times(size, 50_000)}</frameset></html>"


def boxes(size):
    one = '<div class="box b{}"><h4>More on this</h4><p>A sentence of the paper, {}.</p><a href="/{}">Read on</a></div>'
    return page(f"<article>{STORY}{''.join(one.format(n % 7, n, n) for n in range(times(size, 40_000)))}</article>")


def boxes_in_the_text(size):
    one = f"<p>{TEXT[0]}</p><table><tr><td>Sponsored</td></tr></table><div><p>Sign up</p><form><input></form></div>"
    return page(f"<article>{one * times(size, 10_000)}</article>")


def teasers(size):
    one = '<div class=teaser><h3><a href="/{}">The quay must wait, says the board, no. {}</a></h3><p>{}</p></div>'
    return page("".join(one.format(n, n, TEXT[1]) for n in range(times(size, 20_000))))


def talk_of_walls(size):
    talk = "We value your privacy. Accept all cookies? Subscribe to read on. Log in to continue. Page not found. "
    return page(f"<div>{f'<p>{talk}</p><input type=password>' * times(size, 20_000)}</div>", "<title>404</title>")


def layers(size):
    """Paragraphs each a level deeper than the one before."""
    return page("".join(f"<div class=c{n}><p>{TEXT[n % 3]}</p>" for n in range(times(size, 20_000))))


def nested_documents(size):
    return page() * times(size, 3_000)


# ── Attributes, addresses, text ──────────────────────────────────────────────────────────────────────────────────────


def huge_attributes(size):
    long = "a" * times(size, 9_000_000)
    return page(STORY + f'<div class="{long}" id="{long}">words</div>')


def many_attributes(size):
    return page(STORY + f"<div {' '.join(f'a{n}=1' for n in range(times(size, 50_000)))}>words</div>")


def same_attribute(size):
    return page(STORY + f"<p {'class=byline ' * times(size, 300_000)}>words")


def long_classes(size):
    return page(STORY + f'<div class="{"-author by line_" * times(size, 50_000)}">words</div>' * 10)


def base_tricks(size):
    bases = "<base href='javascript:alert(1)'><base href='data:,'><base href='//[::1'>"
    links = '<link rel=canonical href="http://[broken"><link rel=next href="/\\..//%00%zz?a=1&&">'
    return page(head=(bases + links + "<meta name=date content=9999-99-99>") * times(size, 1_000))


def long_addresses(size):
    long = "a/../" * times(size, 400_000)
    return page(
        STORY + f'<a rel=tag href="{long}">x</a>',
        f'<link rel=canonical href="/{long}"><meta property=og:url content="/{long}">',
    )


def endless_title(size):
    long = "The quay | must - wait " * times(size, 200_000)
    return (
        f"<html><head><title>{long}</title><meta property=og:title content='{long}'></head><body><h1>{long}</h1>{STORY}"
    )


def open_title(size):
    return f"<html><head><title>The quay{STORY * times(size, 3_000)}"


def one_line(size):
    return page(f"<p>{'harbour' * times(size, 700_000)}</p>")


def one_line_of_han(size):
    return page(f"<p>{'港湾局は火曜日に会合を開いた' * times(size, 120_000)}</p>")


def bare_text(size):
    return "word " * times(size, 1_000_000)


def hundred_megabytes(size):
    return page(STORY + f"<p>{TEXT[0]}</p>" * times(size, 900_000))


def hundred_megabytes_of_script(size):
    return page(STORY + f"<script>{'var a = 1; ' * times(size, 9_000_000)}</script>")


def twenty_megabytes_of_tags(size):
    """As much as a page may be, each three bytes of it an element of 120 bytes and more."""
    return page(STORY + "<p>" * times(size, 6_900_000))


def twenty_megabytes_of_attributes(size):
    return page(STORY + "<b a b c d e f>" * times(size, 1_390_000))


def spaces(size):
    return page(
        STORY + f"<p>words{' ' * times(size, 5_000_000)}words</p>", f"<meta name=author content='By{' ' * 300_000}x'>"
    )


def only_white_space(size):
    return " \n\t\u00a0\u3000" * times(size, 1_000_000)


def runs_of_signs(size):
    runs = "".join(f"<p>{sign * times(size, 200_000)}</p>" for sign in ' "\u2013\u2014|-:,;.?!/\\·•«»(([[{{<@#&_1')
    return page(STORY + runs, f'<meta name=author content="{"(" * 5_000}{"," * 5_000}{" and " * 5_000}">')


def digits(size):
    run = "1" * times(size, 200_000)
    dates = f'<meta name=date content="{run}"><meta name=pubdate content="{"2026-03-" * 30_000}">'
    return page(f"<time datetime={run}>{run}</time><p class=date>{'12:' * times(size, 60_000)}</p>" + STORY, dates)


def dates(size):
    return page(f"<p class=date>{'14 March 2026 09:30 (' * times(size, 60_000)}</p>" + STORY)


def almost_addresses(size):
    return page(STORY + f"<p class=author>{'a@' * times(size, 200_000)}{'www.' * times(size, 200_000)}</p>")


def combining_marks(size):
    return page(
        STORY
        + f"<p>a{chr(0x301) * times(size, 400_000)}</p>"
        + f"<p>{('a' + chr(0x301) * 40) * times(size, 5_000)}</p>"
    )


def invisible(size):
    signs = "".join(map(chr, (0x200B, 0x200D, 0xFEFF, 0xAD, 0x2060, 0x202E, 0x2066, 0x200F, 0xE0001)))
    return page(
        STORY + f"<p>{signs * times(size, 100_000)}</p><p>{TEXT[0].replace(' ', signs)}</p>",
        f"<title>{signs * 999}</title>",
    )


def right_to_left(size):
    line = f"<p>{chr(0x202E)}اجتمع مجلس الميناء يوم الثلاثاء</p>"
    return page(f"<div dir=rtl>{line * times(size, 20_000)}{STORY}</div>")


def ligatures(size):
    return page(
        f"<h1>{chr(0xFDFA) * times(size, 100_000)}</h1>{STORY}", f"<meta name=author content='{chr(0xFDFA) * 400}'>"
    )


def nul_bytes(size):
    return page(STORY.replace(" ", "\0 ")) + "\0" * times(size, 1_000_000)


def control_bytes(size):
    return page(STORY + "".join(f"<p>{chr(n % 32)}</p>" for n in range(times(size, 100_000))))


def entities(size):
    return page(STORY + f"<p>{'&amp;lt;p&amp;gt;&nbsp;&#0;&#xD800;&#x110000;&nosuch;&' * times(size, 60_000)}</p>")


# ── What the page tells machines ─────────────────────────────────────────────────────────────────────────────────────


def broken_json(size):
    return page(
        head=ld('{"@type":"NewsArticle","headline":"A "quay" must wait","author":[{"name":"A",},' * times(size, 80_000))
    )


def open_json_string(size):
    return page(head=ld('{"@type":"NewsArticle","articleBody":"' + 'words \\x \\" ' * times(size, 400_000)))


def deep_json(size):
    count = times(size, 100_000)
    return page(
        head=ld("[" * count + "]" * count) + ld('{"@graph":' * count) + ld('{"author":{"name":' * 20 + "1" + "}}" * 20)
    )


def json_brackets(size):
    return page(head=ld("[{" * times(size, 100_000)) * 3)


def wide_json(size):
    return page(head=ld(json.dumps([article(author=[{"name": f"A B{n}"}]) for n in range(times(size, 15_000))])))


def many_json(size):
    return page(head=ld(json.dumps(article(author={"@id": "#a"}, url="/a"))) * times(size, 20_000))


def circles_in_json(size):
    nodes = [
        {"@id": f"#{n}", "author": {"@id": f"#{n + 1}"}, "publisher": {"@id": f"#{n}"}}
        for n in range(times(size, 3_000))
    ]
    circle = article(
        **{"@id": "#a", "author": {"@id": "#a"}, "mainEntityOfPage": {"@id": "#a"}, "image": {"@id": "#a"}}
    )
    return page(head=ld(json.dumps({"@graph": [circle, *nodes]})))


def json_numbers(size):
    digits = "9" * times(size, 200_000)
    return page(
        head=ld(f'{{"@type":"NewsArticle","wordCount":{digits},"datePublished":-{digits},"headline":1e{digits[:400]}}}')
    )


def json_of_wrong_types(size):
    odd = [None, True, 1, 1.5, [], {}, [[[]]], {"@value": {"@value": 1}}, {"@list": {}}, [None, [None]], {"name": [{}]}]
    keys = (
        "headline", "author", "datePublished", "image", "keywords", "articleSection", "publisher", "url", "@type",
        "@id", "inLanguage", "isAccessibleForFree", "mainEntityOfPage", "articleBody", "description", "creator",
    )  # fmt: skip
    made = ({**article(), **dict.fromkeys(keys, value)} for value in odd)
    single = (article(**{key: value}) for key in keys for value in odd if key != "headline")
    return page(head="".join(ld(json.dumps(node)) for node in (*made, *single)) * times(size, 4))


def surrogates(size):
    half = '"\\ud83d\\u0000 half \\udc00"'
    names = (
        "headline",
        "author",
        "description",
        "articleSection",
        "keywords",
        "articleBody",
        "datePublished",
        "image",
        "url",
    )
    stated = ",".join(f'"{name}":{half}' for name in names)
    return page(head=ld(f'{{"@type":"NewsArticle",{stated}}}') * times(size, 100))


def long_values(size):
    long = "Ada Lane, " * times(size, 100_000)
    metas = "".join(
        f'<meta name="{name}" content="{long}">' for name in ("author", "keywords", "description", "og:title", "date")
    )
    stated = article(author=long, keywords=long, description=long, articleSection=long, articleBody=long)
    return page(head=metas + ld(json.dumps(stated)))


def escaped_json(size):
    return page(
        head=ld("{&quot;@type&quot;:&quot;NewsArticle&quot;" + ",&quot;a&quot;:&amp;amp;" * times(size, 50_000))
    )


# ── Broken markup, other formats, charsets ───────────────────────────────────────────────────────────────────────────


def billion_laughs(size):
    names = [f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10 + int(size * 10))]
    doctype = f"<!DOCTYPE html [<!ENTITY l0 'ha'>{''.join(names)}]>"
    return f"<?xml version='1.0'?>{doctype}<html xmlns='http://www.w3.org/1999/xhtml'><body>{STORY}<p>&l9;</p></body></html>"


def outside_entities(size):
    outside = "".join(f"<!ENTITY f{n} SYSTEM 'file:///etc/passwd'>" for n in range(times(size, 1_000)))
    return f"<?xml version='1.0'?><!DOCTYPE html [{outside}]><html><body>{STORY}<p>&f1;&f2;</p></body></html>"


def broken_comments(size):
    return page("<!-- <!--> --!> <![CDATA[ <!doctype ]]> <? ?> <!x> </> </ >" * times(size, 50_000) + STORY)


def open_comment(size):
    return page("<!--" * times(size, 200_000) + STORY)


def open_script(size):
    return page(f"{STORY}<script>{'<!-- <script>' * times(size, 200_000)}")


def open_tags(size):
    return page(STORY + "<a href='" * times(size, 200_000))


def less_than(size):
    return page(STORY + "<" * times(size, 1_000_000))


def nothing(size):
    return b""


def pdf(size):
    return b"%PDF-1.7\n" + b"1 0 obj<</Type/Catalog>>stream\n\x00\xff\xfe endstream\n" * times(size, 50_000)


def png(size):
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + bytes(range(256)) * times(size, 20_000)


def zipped(size):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as folder:
        folder.writestr("index.html", page() * times(size, 100))
    return made.getvalue()


def gzipped(size):
    return gzip.compress(b"<p>" + b" " * times(size, 200_000_000), 1, mtime=0)


def deflated(size):
    return zlib.compress(page().encode() * times(size, 5_000))


def every_byte(size):
    return bytes(range(256)) * times(size, 20_000)


def utf16(size):
    return page(STORY * times(size, 3_000)).encode("utf-16-le")


def utf32(size):
    return page(STORY * times(size, 1_500)).encode("utf-32-be")


def cut_utf8(size):
    return page(f"<p>{'港湾局'}</p>" * times(size, 50_000)).encode()[:-30] + b"\xe6\xb8\xff\xc0\x80\xed\xa0\x80</p>"


def mojibake(size):
    return b"<html><body>" + b"<p>\xa4\xe5\x80\xff\x8f\x81 words </p>" * times(size, 100_000)


BOGUS = (
    "utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "base64", "rot13", "zlib", "hex", "uu", "bz2",
    "undefined", "mbcs", "oem", "charmap", "utf-8-sig", "quopri", "\0", "utf\ud800", "x" * 5000,
)  # fmt: skip


def bogus_charset(label):
    """A page that says it is in something that is no charset; its bytes are no UTF-8."""

    def made(size):
        declared = page(STORY + "<p>" + "+AGEAYg- caf\xe9 \\u00e9 " * times(size, 1_000), f'<meta charset="{label}">')
        return Hostile(declared.encode("latin-1", "ignore"), f"text/html; charset={label}")

    return made


ALONE = (
    twenty_megabytes_of_tags, twenty_megabytes_of_attributes, boxes, boxes_in_the_text, teasers, talk_of_walls, layers,
    deep_divs, deep_open_divs, deep_inline, misnested, deep_lists, deep_tables, deep_quotes, spans_of_columns,
    span_beyond_numbers, wide_table, custom_elements, new_tags, line_breaks, lines_and_breaks, empty_paragraphs,
    metas_and_links, headings, links, microdata, figures, times_of_day, bylines, forms, drawings, frames,
    nested_documents, huge_attributes, many_attributes, same_attribute, long_classes, base_tricks,
    long_addresses, endless_title, open_title, one_line, one_line_of_han, bare_text, hundred_megabytes,
    hundred_megabytes_of_script, spaces, only_white_space, runs_of_signs, digits, dates, almost_addresses,
    combining_marks, invisible, right_to_left, ligatures, nul_bytes, control_bytes, entities, broken_json,
    open_json_string, deep_json, json_brackets, wide_json, many_json, circles_in_json, json_numbers,
    json_of_wrong_types, surrogates, long_values, escaped_json, billion_laughs, outside_entities,
    broken_comments, open_comment, open_script, open_tags, less_than, nothing, pdf, png, zipped, gzipped,
    deflated, every_byte, utf16, utf32, cut_utf8, mojibake,
)  # fmt: skip
MAKERS = {
    **{maker.__name__: maker for maker in ALONE},
    **{f"charset {label[:20]!a}": bogus_charset(label) for label in BOGUS},
}


def hostile(name, size):
    """The page of that name."""
    made = MAKERS[name](size)
    if isinstance(made, Hostile):
        return made
    return Hostile(made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass"))
