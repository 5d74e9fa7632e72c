"""WARC out, WARC in: the archive that everything is read from. The only door to warcio and fastwarc.

    FetchedPage ─SegmentWriter→ <name>.warc.gz.open ─close→ <name>.warc.gz ─read→ FetchedPage | BrokenRecord
                                        └─ its writer died ─salvage──┘

Format: WARC 1.1 (ISO 28500:2017), a gzip member per record, so that a record is read by its offset and length alone.
"""

from broadsheet.archive.digests import payload_digest
from broadsheet.archive.reading import BrokenRecord, read, read_one
from broadsheet.archive.salvaging import salvage
from broadsheet.archive.writing import SegmentWriter

__all__ = ["BrokenRecord", "SegmentWriter", "payload_digest", "read", "read_one", "salvage"]
