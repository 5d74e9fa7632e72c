"""Searching articles by their words: one language of queries, read by an index and by a plain scan alike."""
