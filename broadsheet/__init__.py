"""Broadsheet: article pages of news sites, cleaned and loaded into DuckDB."""

__version__ = "0.1.0"
