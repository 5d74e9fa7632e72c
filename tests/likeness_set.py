"""A set of near-duplicates and of pairs that only look like some, made from the press's stories by edit operations.

Copies (a family is a story and its copies):
  rewrite        one word in ten is another (of scripts without spaces: one letter in twenty), sentences of each
                 paragraph in reverse order
  heavy rewrite  one word in seven (one letter in fourteen) is another
  wire copy      another lead: the first paragraph gives way to one of a story kept aside, and a credit line is added
  wire and more  another lead, and a paragraph of a story kept aside at the end
  cut copy       the first half of the paragraphs (at least two)
  cut within     one sentence in three is left out
Look-alikes (each a family of its own):
  odd and even   every other sentence of a story as one article, the rest as another: topic, names and words in
                 common, no sentence
  quoting        a story with one paragraph of another in its middle, beside that other story
  round-up       three stories that were copied, one behind the other; and two of them
  filled in      a form as a paper prints it each day, with that day's names and numbers
"""

import random
import re

from press.stories import stories

PAPERS = {"harbour-gazette": "en", "alpenkurier": "de", "shiosai-shimbun": "ja"}
SENTENCE = re.compile(r"(?<=[.!?。」])\s*(?=[^\s」”\"])")


def articles():
    """[(family, operation, language, text)], the same each time."""
    made = []
    for paper, language in PAPERS.items():
        printed = {s.slug: [b.text for b in s.blocks] for e in (2, 1) for s in stories(paper, e) if not s.wire_of}
        told = sorted(printed.items())
        aside = [paragraph for _, paragraphs in told[:7] for paragraph in paragraphs]
        copied, halved, quoted = told[7:18], told[18:21], told[21:]
        for number, (slug, paragraphs) in enumerate(copied):
            more = (aside[number], aside[-1 - number])
            for operation, text in _copies(paragraphs, more, language, random.Random(slug)):
                made.append((slug, operation, language, text))
        for slug, paragraphs in halved:
            sentences = _sentences(paragraphs)
            made.append((f"{slug} odd", "odd and even", language, "\n".join(sentences[::2])))
            made.append((f"{slug} even", "odd and even", language, "\n".join(sentences[1::2])))
        for (slug, paragraphs), (other, others) in zip(quoted[::2], quoted[1::2], strict=False):
            made.append((slug, "quoted", language, "\n".join(paragraphs)))
            made.append((other, "quoting", language, "\n".join(_quoting(others, paragraphs))))
        for first, most in ((0, 3), (4, 2)):
            several = [paragraph for _, paragraphs in copied[first : first + most] for paragraph in paragraphs]
            made.append((f"{paper} round-up {most}", "round-up", language, "\n".join(several)))
    return [*made, *((f"weather {day}", "filled in", "en", text) for day, text in _filled_in())]


def _copies(paragraphs, more, language, dice):
    half = max(2, len(paragraphs) // 2)
    yield "as printed", "\n".join(paragraphs)
    yield "rewrite", "\n".join(_reworded(_reversed(p), language, 10, dice) for p in paragraphs)
    yield "heavy rewrite", "\n".join(_reworded(p, language, 7, dice) for p in paragraphs)
    yield "wire copy", "\n".join([more[0], *paragraphs[1:], "Source: Seaboard News Service"])
    yield "wire and more", "\n".join([more[0], *paragraphs[1:], more[1]])
    yield "cut copy", "\n".join(paragraphs[:half])
    yield "cut within", "\n".join(s for n, s in enumerate(_sentences(paragraphs)) if n % 3 != 1)


def _filled_in():
    for number, day in enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")):
        high, low, wind = 12 + number, 3 + number * 2, ("west", "north", "east", "south")[number % 4]
        yield (
            day,
            (
                f"The {day} weather for the county is as follows, the met office said. Highs of {high} degrees are "
                f"expected in the south, with lows of {low} in the hills. Winds will come from the {wind} at up to "
                f"{20 + number * 7} kilometres an hour near the coast. Drivers are asked to take care on bridges in "
                "the morning. Pollen counts stay moderate. The next report is published tomorrow at six in the morning."
            ),
        )


def _quoting(paragraphs, others):
    return [*paragraphs[: len(paragraphs) // 2], max(others, key=len), *paragraphs[len(paragraphs) // 2 :]]


def _sentences(paragraphs):
    return [sentence for paragraph in paragraphs for sentence in SENTENCE.split(paragraph) if sentence]


def _reversed(paragraph):
    return " ".join(reversed([s for s in SENTENCE.split(paragraph) if s]))


def _reworded(paragraph, language, one_in, dice):
    """Words replaced at even distances, from a place that dice choose: as many in every paragraph."""
    words, gap, step = (list(paragraph), "", one_in * 2) if language == "ja" else (paragraph.split(), " ", one_in)
    for place in range(dice.randrange(step), len(words), step):
        words[place] = chr(0x5341 + dice.randrange(200)) if language == "ja" else f"another{dice.randrange(200)}"
    return gap.join(words)
