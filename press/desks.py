"""The three papers as values: how each lays out a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from press import alpen, harbour, shiosai
from press.data import esc, filled, has_edition, text_of
from press.paper import paper_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from press.model import Special, Story
    from press.paper import Paper


@dataclass(frozen=True, slots=True)
class Desk:
    """A paper's layout. `variant` is the other form its articles are served in, under `variant_path`."""

    name: str
    path: Callable[[Story], str]
    page: Callable[[Story, int], str]
    frame: Callable[[str, str, str, int], str]
    listing: Callable[[str, str, int], str]
    printed: Callable[..., str]
    variant: Callable[[Story, int], str] | None = None
    variant_path: Callable[[Story], str] | None = None

    @property
    def paper(self) -> Paper:
        """The paper's master data."""
        return paper_of(self.name)

    def redesigned(self, edition: int) -> bool:
        """Whether this edition has furniture of its own."""
        return has_edition(self.name, "frame", "html", edition)

    def teaser(self, item: Story | Special, path: str, summary: str) -> str:
        """One headline on a page of headlines."""
        template = self.paper.words["teaser"]
        values = {"url": path, "title": item.title, "summary": summary, "printed": self.printed(item.at)}
        return filled(template, **{key: esc(value) for key, value in values.items()})

    def notice(self, word: str, edition: int) -> str:
        """A page that says only that there is nothing: `word` is not_found or gone."""
        words = self.paper.words
        return self.frame(words[word], "", f"<h1>{esc(words[word])}</h1><p>{esc(words[f'{word}_text'])}</p>", edition)

    def special(self, page: Special, edition: int) -> str:
        """A page that is no article: its file, in the paper's frame or alone."""
        main = text_of(self.name, page.file)
        return self.frame(page.title, page.head, main, edition) if page.frame else main


DESKS: tuple[Desk, ...] = (
    Desk(
        name=harbour.NAME, path=harbour.path, page=harbour.page, frame=harbour.frame, listing=harbour.listing,
        printed=harbour.printed, variant=harbour.amp, variant_path=lambda story: f"{harbour.path(story)}/amp",
    ),
    Desk(
        name=alpen.NAME, path=alpen.path, page=alpen.page, frame=alpen.frame, listing=alpen.listing,
        printed=alpen.printed, variant=alpen.print_view, variant_path=lambda story: f"/drucken{alpen.path(story)}",
    ),
    Desk(
        name=shiosai.NAME, path=shiosai.path, page=shiosai.page, frame=shiosai.frame, listing=shiosai.listing,
        printed=shiosai.printed,
    ),
)  # fmt: skip
