"""Reading pages: a page goes in, what it says comes out. Pure: no network, database, clock or log."""

from extractors.extract import extract, extract_html

__all__ = ["extract", "extract_html"]
