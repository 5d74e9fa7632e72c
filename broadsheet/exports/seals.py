"""The seal of a snapshot: a manifest that names each file with its digest and itself, and SHA256SUMS over all of it.

The manifest's bytes follow from what it says, and so do those of SHA256SUMS: a byte changed anywhere in the folder is
told with the file's name. `sha256sum -c SHA256SUMS` proves the same without Broadsheet. Pure.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"

Manifest = dict[str, Any]


class Unsealed(ValueError):
    """A manifest that says nothing; the message says why."""


def sealed(told: Mapping[str, Any]) -> bytes:
    """A manifest with the digest of all it says, as the bytes of its file."""
    bare = {name: value for name, value in told.items() if name != "digest"}
    return _rendered(bare | {"digest": _digest(_rendered(bare))})


def sums(manifest: bytes, told: Manifest) -> bytes:
    """SHA256SUMS of a manifest and the files it names."""
    lines = {each["file"]: each["sha256"] for each in told["files"]} | {MANIFEST: _digest(manifest)}
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(lines.items())).encode()


def opened(manifest: bytes) -> Manifest:
    """What a manifest says. Unsealed: it says nothing, or not what its digest says."""
    try:
        told: Manifest = json.loads(manifest)
        named = {each["file"]: each["sha256"] for each in told["files"]}
    except (ValueError, KeyError, TypeError) as error:
        raise Unsealed(f"it cannot be read ({type(error).__name__}: {error})") from None
    if not named or sealed(told) != manifest:
        raise Unsealed("it was changed: it is not what its own digest says")
    return told


def _rendered(told: Mapping[str, Any]) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
