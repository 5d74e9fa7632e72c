"""Pages as weblogs and small papers build them, made for the tests: what is the article's, and what is not."""

from __future__ import annotations

from typing import NamedTuple

OPENING = "Last autumn I promised to write down how the old water mill came to grind again, so here it is."
MIDDLE = "We took the wheel apart in October, numbered all forty-eight boards and laid them out in the barn to dry."
CLOSING = "In April the first flour fell into the sack, grey and warm, and nobody in the room said a word for a while."
SHORT = ["It leaked.", "Then it leaked less.", "Nobody minded."]
STEPS = ["Lift the sluice by a hand's width", "Wait until the wheel turns by itself", "Pour in the grain"]
POEM = ["The wheel goes round, the river stays,", "and flour falls on quiet days,", "a sack, a sieve, a loaf."]
CODE = "def turns(flow): return round(flow / 48, 2)"
QUOTE = "Water does not hurry, and still everything gets done, my grandmother used to say at this very door."
ROWS = ["Month | Flour", "April | 40 kg", "May | 85 kg"]
HEAD = "<!doctype html><html lang=en><head><title>{title} - {site}</title></head><body>"
TITLE = "The mill grinds again"
ASIDE = "My sister keeps bees and writes about them every Thursday, with more honey and far fewer splinters than I do."
REPLY = "What a lovely thing to find on a Monday, we had such a mill in our village until the flood took it away."
ANSWER = "Thank you, the door is open every Saturday, and there is always somebody who wants to show you the wheel."


class Weblog(NamedTuple):
    """A page, the lines of its article in order, and what else it says."""

    html: str
    lines: list[str]
    others: list[str]


def article(paragraph: str = "<p>{}</p>") -> tuple[str, list[str]]:
    """An article with short paragraphs, a list, a poem, code, a quote and a table; and its lines."""
    texts = [OPENING, *SHORT, MIDDLE]
    parts = [
        *(paragraph.format(text) for text in texts),
        f"<ol>{''.join(f'<li>{step}</li>' for step in STEPS)}</ol>",
        paragraph.format("This is what the children made of it:"),
        f"<p>{'<br>'.join(POEM)}</p>",
        f"<pre><code>{CODE}</code></pre>",
        f"<h3>What my grandmother said</h3>{paragraph.format(MIDDLE.replace('October', 'November'))}",
        f"<blockquote><p>{QUOTE}</p></blockquote>",
        "<table>" + "".join(f"<tr><td>{row.replace(' | ', '</td><td>')}</td></tr>" for row in ROWS) + "</table>",
        paragraph.format(CLOSING),
    ]
    said = "This is what the children made of it:"
    heading = ["What my grandmother said", MIDDLE.replace("October", "November")]
    return "".join(parts), [*texts, *STEPS, said, *POEM, CODE, *heading, QUOTE, *ROWS, CLOSING]


def wordpress() -> Weblog:
    """A weblog with a sidebar, sharing buttons, related posts and comments, as WordPress builds it."""
    body, lines = article()
    html = f"""{HEAD.format(title=TITLE, site="Mill Notes")}<div id=page class="hfeed site">
<header class=site-header><p class=site-title><a href=/>Mill Notes</a></p>
<nav class=main-navigation><ul><li><a href=/>Home</a></li><li><a href=/about>About</a></li></ul></nav></header>
<div class=site-content><main class=site-main><article class="post-7 post type-post hentry">
<header class=entry-header><h1 class=entry-title>{TITLE}</h1>
<div class=entry-meta>Posted on <time datetime=2021-05-03>3 May 2021</time>
by <a href=/author/mara>Mara</a></div></header>
<div class=entry-content><figure class="wp-block-image"><img src=a.jpg>
<figcaption>The wheel in March.</figcaption></figure>
{body}<div class="sharedaddy sd-sharing-enabled"><h3 class=sd-title>Share this:</h3>
<ul><li><a href=/x>Tweet</a></li></ul></div>
<div class=jp-relatedposts><h3>Related</h3><p><a href=/y>How the barn got its roof</a></p></div></div>
<footer class=entry-footer>Posted in <a href=/c/mill>Mill</a></footer></article>
<nav class=post-navigation><a href=/prev>Previous: The barn</a><a href=/next>Next: Bread</a></nav>
<div class=author-bio><h2>About Mara</h2><p>{ASIDE}</p></div>
<div id=comments class=comments-area><h2 class=comments-title>2 thoughts on “{TITLE}”</h2><ol class=comment-list>
<li class=comment><article class=comment-body><div class=comment-content><p>{REPLY}</p></div></article></li>
<li class=comment><article class=comment-body><div class=comment-content><p>{ANSWER}</p></div></article></li></ol>
<div class=comment-respond><h3>Leave a Reply</h3><p>Your email address will not be published.</p></div></div></main>
<aside class="widget-area"><section class=widget><h2>Recent Posts</h2>
<ul><li><a href=/z>Bread</a></li></ul></section>
</aside></div></div></body></html>"""
    return Weblog(
        html, lines, ["Share this", "How the barn", ASIDE, REPLY, ANSWER, "Leave a Reply", "The wheel in March"]
    )


def blogger() -> Weblog:
    """A weblog in one soup of lines parted by breaks, as Blogger builds it."""
    lines = [OPENING, *SHORT, MIDDLE, *POEM, QUOTE, CLOSING]
    html = f"""{HEAD.format(title=TITLE, site="Mill Notes")}<div class=content-outer><div class=main-outer>
<div class="main section"><div class="widget Blog"><div class=blog-posts><div class=date-outer>
<h2 class=date-header><span>Monday, 3 May 2021</span></h2><div class="post hentry"><h3 class="post-title">{TITLE}</h3>
<div class="post-body entry-content">{"<br /><br />".join(lines)}<div style="clear: both;"></div></div>
<div class=post-footer><div class="post-footer-line"><span class=post-author>Posted by Mara</span>
<a href=/x>Email This</a><a href=/y>BlogThis!</a></div></div></div>
<div class=comments><h4>2 comments:</h4><div class=comment-block><p class=comment-content>{REPLY}</p></div>
<div class=comment-block><p class=comment-content>{ANSWER}</p></div></div></div></div></div></div>
<div class="sidebar section"><div class="widget Text"><h2>About me</h2>
<div class=widget-content>{ASIDE}</div></div></div>
</div></div></body></html>"""
    return Weblog(html, lines, [REPLY, ANSWER, ASIDE, "BlogThis!", "Posted by Mara"])


def typo3() -> Weblog:
    """A page of an association, a wrapper around each part of the text, as Typo3 builds it."""
    body, lines = article('<p class="bodytext">{}</p>')
    wrapped = "<div class='frame frame-default'><div class='ce-bodytext'>"
    parts = body.replace("</p><ol>", f"</p></div></div>{wrapped}<ol>")
    html = f"""{HEAD.format(title=TITLE, site="Mill Association")}<div class=wrap>
<div id=nav><ul><li><a href=/>Home</a></li>
<li><a href=/mill>Mill</a></li></ul></div><div id=content><div class="news news-single"><h1>{TITLE}</h1>
<div class=news-text-wrap>{wrapped}{parts}</div></div></div>
<div class=news-backlink><a href=/news>Back to the list</a></div></div></div>
<div id=right><div class=sidebar><h3>Dates</h3><p>{ASIDE}</p></div></div>
<div id=footer><p>Mill Association, Weir Lane 1. <a href=/imprint>Imprint</a></p></div></div></body></html>"""
    return Weblog(html, lines, [ASIDE, "Back to the list", "Weir Lane"])


def local_paper() -> Weblog:
    """A local paper's page: credits, an offer, placeholders of embedded parts, captions and colleagues."""
    texts = [OPENING, *SHORT, MIDDLE, QUOTE, CLOSING]
    first, last = "".join(f"<p>{text}</p>" for text in texts[:5]), "".join(f"<p>{text}</p>" for text in texts[5:])
    html = f"""{HEAD.format(title=TITLE, site="Weir Valley Post")}<header><a href=/>Weir Valley Post</a></header><main>
<article class=story><h1>{TITLE}</h1><div class=picture>
<p>Mara and the wheel, which weighs as much as a small lorry.</p>
<p>Photo: Jon Weir</p></div><div class=story-body>{first}
<p><b>Read more:</b> How the barn got its roof after nineteen years</p>
<div class=embed><p>Recommended content</p>
<p>We need your consent. Please accept all cookies to view this content.</p></div>{last}
<p>Follow the Weir Valley Post on Facebook for more stories from the valley.</p>
<p>Jon Weir contributed to this report.</p></div>
<div class=reader-comments><div class=entry><p>{REPLY}</p></div>
<div class=entry><p>{ANSWER}</p></div></div></article></main>
<footer><p>© Weir Valley Post</p></footer></body></html>"""
    others = [REPLY, ANSWER, "small lorry", "Photo: Jon", "barn got its roof", "accept all cookies", "Follow the Weir"]
    return Weblog(html, texts, [*others, "contributed to this report"])
