"""Lines that recur over the articles of a site: learned from what was read of it, and left out of what is read next.

A rule is a whole line, or a block of whole lines, in the form that `normalised` gives it; never a part of a line.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from broadsheet.model import CandidateRule, DroppedLine

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from broadsheet.model import Reading
    from extractors.body import Body

# Measured on the sample press (22 or 23 articles a paper): its furniture stands in 3 articles (an author's biography)
# up to all of them; no line of a text stands in two, but for an agency's story that is told again.
FEW = 3  # articles: a line in fewer recurs by chance
RARE = 0.01  # of the articles: on a large site a byline or a column's name is in 3 articles soon
# A column's introduction or a fixed subheading is in a part of a site's articles; what is in half of them is the
# site's own. The press's notices, offers and boxes are in half of its articles and more; biographies are in a quarter.
RIPE_ARTICLES = 5
RIPE_SHARE = 0.5
LASTING = timedelta(days=7)  # a headline of a "most read" list is on most pages of a day, and gone a week later
MANY = 20  # articles: a share is never taken of fewer, unless the site has no more
SHORT = 4  # letters: a shorter line ("AP", "Ad") says too little to be left out wherever it stands
WIDE = 2.5  # letters that a character of a script without spaces counts for
LONG = 600  # characters: a longer line is no furniture
BLOCK = 5  # lines of the longest block
CELL = " | "  # between the cells of a table row

LEARNED = "learned boilerplate"
NUMBER = re.compile(r"[0-9]+(?:[.,:][0-9]+)*")
WIDE_LETTER = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def normalised(line: str) -> str:
    """A line as rules write it: lower case, single spaces, no list marker, any number as `#` (3 min read = 4 min read).

    Numbers in table rows stay: they are what such a row says.
    """
    words = " ".join(unicodedata.normalize("NFKC", line.removeprefix("- ")).split()).casefold()
    return words if CELL in words else NUMBER.sub("#", words)


def is_boilerplate(line: str, rules: Collection[str]) -> bool:
    """Whether a rule names this line by itself."""
    return normalised(line) in rules


def without_boilerplate(body: Body, rules: Collection[str]) -> Body:
    """A body without the lines that rules name, by themselves or as blocks of lines in a row; they are dropped ones."""
    if not rules:
        return body
    lines = body.text.split("\n")
    taken = _taken(lines, frozenset(rules))
    kept = (line for line, out in zip(lines, taken, strict=True) if not out)
    gone = (DroppedLine(line.removeprefix("- "), LEARNED) for line, out in zip(lines, taken, strict=True) if out)
    return replace(body, text="\n".join(kept), dropped=(*body.dropped, *gone))


def _taken(lines: Sequence[str], rules: frozenset[str]) -> list[bool]:
    keys = [normalised(line) for line in lines]
    taken = [key in rules for key in keys]
    for size in {rule.count("\n") + 1 for rule in rules} - {1}:
        for at in range(len(keys) - size + 1):
            if "\n".join(keys[at : at + size]) in rules:
                taken[at : at + size] = [True] * size
    return taken


def learned(pages: Iterable[Reading]) -> tuple[CandidateRule, ...]:
    """What recurs over many articles of one site, in alphabetical order. The order of the pages makes no difference.

    An article counts once, however many URLs, versions, captures or copies of its whole text there are; where a line
    is its own headline, it does not count for it.
    """
    articles = [_merged(group) for group in _articles([_sheet(page) for page in pages])]
    site = _site(articles)
    often = _often([article.uses for article in articles], site.least)
    lines = {key: use for key, use in often.items() if _stands_alone(key)}
    blocks = _often([_blocks(article, often) for article in articles], site.least)
    return tuple(_rule(key, use, site) for key, use in sorted((lines | _longest(blocks)).items()))


class _Use(NamedTuple):
    """In how many articles something is, from which day to which, and an URL of the first day."""

    articles: int
    first: date
    last: date
    url: str

    def beside(self, other: _Use, articles: int) -> _Use:
        url = min((self.first, self.url), (other.first, other.url))[1]
        return _Use(articles, min(self.first, other.first), max(self.last, other.last), url)


class _Sheet(NamedTuple):
    """A reading, or an article: its lines as rules write them, and the texts that they stand in."""

    article: str
    seen: _Use
    uses: Mapping[str, _Use]
    texts: Mapping[tuple[str, ...], _Use]


def _sheet(page: Reading) -> _Sheet:
    text = tuple(normalised(line) for line in page.lines)
    headline = normalised(page.title)
    every = {key for key in (*text, *map(normalised, page.dropped)) if 0 < len(key) <= LONG and key != headline}
    seen = _Use(1, page.first_day, page.last_day, page.url)
    return _Sheet(page.article, seen, dict.fromkeys(every, seen), {text: seen} if text else {})


def _articles(sheets: Sequence[_Sheet]) -> list[list[_Sheet]]:
    """Readings by article; articles that share a whole text are one."""
    above: dict[object, object] = {}

    def root(name: object) -> object:
        while above.setdefault(name, name) != name:
            name = above[name]
        return name

    for sheet in sheets:
        for text in sheet.texts:
            above[root(text)] = root(sheet.article)
    groups: dict[object, list[_Sheet]] = {}
    for sheet in sheets:
        groups.setdefault(root(sheet.article), []).append(sheet)
    return list(groups.values())


def _merged(sheets: Sequence[_Sheet]) -> _Sheet:
    uses: dict[str, _Use] = {}
    texts: dict[tuple[str, ...], _Use] = {}
    seen = sheets[0].seen
    for sheet in sheets:
        seen = seen.beside(sheet.seen, 1)
        for key, use in sheet.uses.items():
            uses[key] = uses[key].beside(use, 1) if key in uses else use
        for text, use in sheet.texts.items():
            texts[text] = texts[text].beside(use, 1) if text in texts else use
    return _Sheet(sheets[0].article, seen, uses, texts)


def _often(counted: Iterable[Mapping[str, _Use]], least: float) -> dict[str, _Use]:
    """What is in that many of the articles, with its use over all of them."""
    found: dict[str, _Use] = {}
    for uses in counted:
        for key, use in uses.items():
            found[key] = found[key].beside(use, found[key].articles + 1) if key in found else use
    return {key: use for key, use in found.items() if use.articles >= least}


def _stands_alone(key: str) -> bool:
    """Whether a line says enough to be known by itself."""
    letters = sum(map(str.isalpha, key))
    return letters + (WIDE - 1) * len(WIDE_LETTER.findall(key)) >= SHORT


def _blocks(article: _Sheet, often: Mapping[str, _Use]) -> dict[str, _Use]:
    """The blocks of an article's texts in which a line that does not stand alone is beside one that does."""
    found: dict[str, _Use] = {}
    for text, use in article.texts.items():
        for block in _runs(text, often):
            found[block] = found[block].beside(use, 1) if block in found else use
    return found


def _runs(text: Sequence[str], often: Mapping[str, _Use]) -> Iterator[str]:
    for recurring, group in groupby(text, key=often.__contains__):
        run = list(group) if recurring else []
        for size in range(2, min(BLOCK, len(run)) + 1):
            for at in range(len(run) - size + 1):
                lines = run[at : at + size]
                if len({_stands_alone(line) for line in lines}) > 1:
                    yield "\n".join(lines)


def _longest(blocks: Mapping[str, _Use]) -> dict[str, _Use]:
    """Blocks that are no part of another one that is in as many articles."""
    parts = {
        (part, use.articles)
        for block, use in blocks.items()
        for part in (block.partition("\n")[2], block.rpartition("\n")[0])
    }
    return {block: use for block, use in blocks.items() if (block, use.articles) not in parts}


@dataclass(frozen=True, slots=True)
class _Site:
    """The days on which articles were first and last read, each in order."""

    firsts: tuple[date, ...]
    lasts: tuple[date, ...]

    @property
    def least(self) -> float:
        return max(FEW, RARE * len(self.firsts))

    def between(self, first: date, last: date) -> int:
        """How many articles were read in that time, but at least MANY if there are so many."""
        inside = bisect_right(self.firsts, last) - bisect_left(self.lasts, first)
        return max(inside, min(MANY, len(self.firsts)))

    def lasts_long(self, use: _Use) -> bool:
        return use.last - use.first >= min(LASTING, self.lasts[-1] - self.firsts[0])


def _site(articles: Sequence[_Sheet]) -> _Site:
    seen = [article.seen for article in articles]
    return _Site(tuple(sorted(each.first for each in seen)), tuple(sorted(each.last for each in seen)))


def _rule(key: str, use: _Use, site: _Site) -> CandidateRule:
    share = use.articles / site.between(use.first, use.last)
    often = use.articles >= RIPE_ARTICLES and share >= RIPE_SHARE
    ripe = often and site.lasts_long(use) and CELL not in key  # a table's row is the article's, until somebody looks
    return CandidateRule(key, use.first, use.last, use.articles, round(share, 4), use.url, ripe)
