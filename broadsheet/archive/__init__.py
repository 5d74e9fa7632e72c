"""WARC out, WARC in: the archive that everything is read from. The only door to warcio and fastwarc.

    FetchedPage ─SegmentWriter→ <name>.warc.gz.open ─close→ <name>.warc.gz ─read→ FetchedPage | BrokenRecord
                                        └─ its writer died ─salvage──┘   └─merge─→ merged-<name>.warc.gz, at night

Format: WARC 1.1 (ISO 28500:2017), a gzip member per record, so that a record is read by its offset and length alone.
A position stays good when its file is merged into another (`broadsheet.archive.moved`).
"""

from broadsheet.archive.checking import Expected, Fault, faults
from broadsheet.archive.collections import Found, Place, Wanted, found
from broadsheet.archive.digests import payload_digest
from broadsheet.archive.grouping import Stored, groups
from broadsheet.archive.keeping import Policy
from broadsheet.archive.merging import Merged, dismissed, merge, put_in_place
from broadsheet.archive.moved import MOVED, list_of, relative
from broadsheet.archive.reading import BrokenRecord, read, read_one
from broadsheet.archive.records import count_records, damage
from broadsheet.archive.room import require_room, room_left
from broadsheet.archive.salvaging import salvage
from broadsheet.archive.shelves import damaged_months, finished, list_damage, segments, swept, unfinished
from broadsheet.archive.writing import SegmentWriter

__all__ = [
    "MOVED",
    "BrokenRecord",
    "Expected",
    "Fault",
    "Found",
    "Merged",
    "Place",
    "Policy",
    "SegmentWriter",
    "Stored",
    "Wanted",
    "count_records",
    "damage",
    "damaged_months",
    "dismissed",
    "faults",
    "finished",
    "found",
    "groups",
    "list_damage",
    "list_of",
    "merge",
    "payload_digest",
    "put_in_place",
    "read",
    "read_one",
    "relative",
    "require_room",
    "room_left",
    "salvage",
    "segments",
    "swept",
    "unfinished",
]
