"""What the flows' parameters may hold: Prefect makes forms of them, with docstrings as words, and refuses the rest."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from broadsheet.model import Reason
from broadsheet.sourcefile import LONGEST_NAME, NAME

LONGEST_HOST = 253  # characters (RFC 1035, 2.3.4): pages of WARC files may belong to their host's own name

SourceName = Annotated[str, Field(max_length=LONGEST_NAME, pattern=NAME)]
SourceNames = Annotated[list[SourceName], Field(max_length=1000)]

ArticleSource = Annotated[str, Field(min_length=1, max_length=LONGEST_HOST)]
ArticleSources = Annotated[list[ArticleSource], Field(max_length=1000)]

Endpoints = Literal["due", "all"]
Tidying = Literal["tidy", "leave"]

MostPages = Annotated[int, Field(ge=1, le=100_000)]
Minutes = Annotated[float, Field(gt=0, le=1440)]

FilePaths = Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1, max_length=10_000)]
FilePath = Annotated[str, Field(min_length=1, max_length=4096)]
Column = Annotated[str, Field(min_length=1, max_length=200)]
Versions = Annotated[list[Annotated[str, Field(min_length=1, max_length=100)]], Field(max_length=100)]
Reasons = Annotated[list[Reason], Field(max_length=100)]
Sql = Annotated[str, Field(min_length=1, max_length=100_000)]
