"""The index: a folder of tantivy's, and the only door to it. It holds words and ids, never a text.

Whoever writes holds `search/.lock` (flows.searching_index); readers need no lock: a commit is one atomic rename.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from broadsheet.search.entries import BOOST
from broadsheet.search.query import FIELDS, All, Either, Phrase, Query, Without
from broadsheet.search.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import tantivy

    from broadsheet.search.entries import Entry, Filter

HEAP: Final = 128_000_000  # bytes in which an index is written before it goes to disk
THREADS: Final = 2
ALREADY_WORDS: Final = "words"  # the tokenizer's name: texts come as words with a blank between them
FORMAT: Final = 1  # of the index; raise it when words are folded otherwise, and every index is built anew


def is_installed() -> bool:
    """Whether the extra `search` is there."""
    return find_spec("tantivy") is not None


class Index:
    """An index in a folder, made if need be. Any error of tantivy's is a ValueError or OSError."""

    def __init__(self, folder: Path) -> None:
        import tantivy  # noqa: PLC0415 - an extra

        folder.mkdir(parents=True, exist_ok=True)
        self._tantivy = tantivy
        self._schema = _schema(tantivy)
        self._index = tantivy.Index(self._schema, path=str(folder))
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer(ALREADY_WORDS, analyzer)

    def write(self, entries: Iterable[Entry], gone: Iterable[int] = ()) -> None:
        """Put entries in place of what was there of their articles, take those `gone` out; one commit."""
        with self._index.writer(HEAP, THREADS) as writer:
            for article_id in gone:
                writer.delete_documents_by_term("id", article_id)
            for entry in entries:
                writer.delete_documents_by_term("id", entry.article_id)
                writer.add_document(self._document(entry))
            writer.commit()
            writer.wait_merging_threads()

    def find(self, query: Query, narrowed: Filter, limit: int) -> tuple[int, list[tuple[int, float]]]:
        """How many articles fit, and the best `limit` of them (0: all): id and score."""
        self._index.reload()
        searcher = self._index.searcher()
        found = searcher.search(self._narrowed(query, narrowed), limit=limit or max(1, searcher.num_docs))
        scores = [float(score) for score, _ in found.hits]
        ids = searcher.fast_field_values("id", [address for _, address in found.hits])
        total = int(found.count or 0)  # type: ignore[attr-defined]  # the stub lacks it
        return total, [(int(each or 0), score) for each, score in zip(ids, scores, strict=True)]

    def _document(self, entry: Entry) -> tantivy.Document:
        document = self._tantivy.Document()
        document.add_integer("id", entry.article_id)
        document.add_text("source_is", entry.source)
        document.add_text("language_is", entry.language or "")
        document.add_integer("day", entry.day.toordinal())
        for name, values in entry.values.items():
            for value in values:
                document.add_text(name, " ".join(words(value)))
        return document

    def _narrowed(self, query: Query, narrowed: Filter) -> tantivy.Query:
        must = self._tantivy.Occur.Must
        parts = [(must, self._made(query))]
        parts += [(must, self._unscored(each)) for each in self._filters(narrowed)]
        return self._tantivy.Query.boolean_query(parts)

    def _unscored(self, query: tantivy.Query) -> tantivy.Query:
        return self._tantivy.Query.const_score_query(query, 0.0)

    def _filters(self, narrowed: Filter) -> Iterable[tantivy.Query]:
        queries = self._tantivy.Query
        for name, wanted in (("source_is", narrowed.sources), ("language_is", narrowed.languages)):
            if wanted:
                yield queries.term_set_query(self._schema, name, list(wanted))
        if narrowed.since or narrowed.until:
            first = narrowed.since.toordinal() if narrowed.since else 0
            last = narrowed.until.toordinal() if narrowed.until else 1 << 40
            yield queries.range_query(self._schema, "day", self._tantivy.FieldType.Integer, first, last)

    def _made(self, query: Query) -> tantivy.Query:
        queries, occur = self._tantivy.Query, self._tantivy.Occur
        match query:
            case Phrase():
                fields = [(occur.Should, self._in_field(query, name)) for name in query.fields]
                return fields[0][1] if len(fields) == 1 else queries.boolean_query(fields)
            case All(parts):
                return queries.boolean_query([(occur.Must, self._made(part)) for part in parts])
            case Either(parts):
                return queries.boolean_query([(occur.Should, self._made(part)) for part in parts])
            case Without(part):
                everything = self._unscored(queries.all_query())
                return queries.boolean_query([(occur.Must, everything), (occur.MustNot, self._made(part))])

    def _in_field(self, phrase: Phrase, name: str) -> tantivy.Query:
        made = self._words(phrase, name)
        return self._tantivy.Query.boost_query(made, BOOST[name]) if name in BOOST else made

    def _words(self, phrase: Phrase, name: str) -> tantivy.Query:
        queries, told = self._tantivy.Query, list(phrase.words)
        if len(told) == 1:
            # Words hold letters, digits and marks alone, none of which means anything in a pattern.
            pattern = f"{told[0]}.*"
            plain = queries.term_query(self._schema, name, told[0])
            return queries.regex_query(self._schema, name, pattern) if phrase.prefix else plain
        if phrase.prefix:
            return queries.phrase_prefix_query(self._schema, name, _whole(told))
        return queries.phrase_query(self._schema, name, _whole(told))


def _whole(told: list[str]) -> list[Any]:
    return list(told)


def _schema(library: Any) -> tantivy.Schema:  # noqa: ANN401 - the module itself
    builder = library.SchemaBuilder()
    builder.add_integer_field("id", stored=True, indexed=True, fast=True)
    builder.add_integer_field("day", indexed=True, fast=True)
    for name in ("source_is", "language_is"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name=ALREADY_WORDS, index_option="position")
    made: tantivy.Schema = builder.build()
    return made
