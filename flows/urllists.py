"""URL lists as people keep them: a URL a line, up to the first white space; `#` begins a remark."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.errors import ConfigError
from broadsheet.model import Source
from broadsheet.urls import bare_host, belongs, host, normalise, origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def urls_of(lists: Sequence[str]) -> list[str]:
    """The URLs of lists in normal form, each once, in order. ConfigError: one cannot be read, or is no list of URLs."""
    return list(dict.fromkeys(url for each in lists for url in _urls(Path(each))))


def _urls(path: Path) -> Iterable[str]:
    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data).decode("utf-8-sig", "replace")
    except (OSError, EOFError) as error:
        raise ConfigError(f"{path}: the list of URLs cannot be read: {error}") from error
    lines = [line.split()[0] for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if not lines:
        raise ConfigError(f"{path}: names no URL; one a line is wanted")
    for number, line in enumerate(lines, 1):
        url = normalise(line)
        if url is None:
            raise ConfigError(f"{path}: entry {number} is no http(s) URL: {line[:100]!r}")
        yield url


def source_of(url: str, sources: Iterable[Source]) -> Source:
    """The source whose host a URL is on; else one that stands for its host alone, with everybody's manners."""
    found = next((source for source in sources if belongs(url, source.hosts)), None)
    return found or Source(bare_host(url), f"{origin(url)}/", hosts=(host(url),))
