"""One self-written article a language, with the furniture that a paper of that language puts around it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class PaperArticle:
    """A paper's name, the notice above its articles, the two headings below, and the article itself."""

    name: str
    skip: str
    also: str
    social: str
    title: str
    body: tuple[str, ...]


def papers():
    """The articles of mainichi_papers.txt: `== name`, the three lines of furniture, the headline, the paragraphs."""
    text = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")
    for part in text.split("== ")[1:]:
        name, skip, also, social, title, *body = [line for line in part.split("\n") if line]
        yield PaperArticle(name, skip, also, social, title, tuple(body))


PAPERS = list(papers())
ENGLISH = PAPERS[0]
