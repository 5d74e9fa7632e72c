"""Content codings undone within bounds (RFC 9110, 8.4; RFC 1950-1952; RFC 7932; RFC 8878). Pure.

gzip, deflate (with the zlib wrapper of the standard, or raw as some servers send it), br and zstd. Whatever a body
unfolds to, no more than `limit` bytes, a piece of 256 KiB and the coding's own window (16 MiB at most) are ever held.
"""

from __future__ import annotations

import importlib
import zlib
from typing import TYPE_CHECKING, Any, Final, Protocol

import brotli  # type: ignore[import-untyped]  # ships no types; its two calls are met here only

from broadsheet.model import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PIECE: Final = 1 << 18  # a page costs 0.47 ms, at 64 KiB 0.59: what is left of the input is copied each time
MOST_CODINGS: Final = 3  # one is usual, two happen, more is an attack
GZIP_MAGIC: Final = b"\x1f\x8b"
ZSTD_WINDOW_LOG: Final = 23  # 8 MiB: the most that a zstd content coding may ask for (RFC 9659)
ZSTD_MODULES: Final = ("compression.zstd", "backports.zstd")  # the standard library's from 3.14, and its backport


def content_decoded(body: bytes, content_encoding: str | None, *, limit: int) -> bytes | Reason:
    """The body without its Content-Encoding, or BAD_ENCODING, TOO_LARGE (over `limit` bytes), TRUNCATED (cut short)."""
    decoder = ContentDecoder(content_encoding, limit=limit)
    decoded = b"".join(decoder.feed(body))
    return decoder.finish() or decoded


def content_prefix(body: bytes, content_encoding: str | None, *, limit: int) -> bytes:
    """The first `limit` bytes of the decoded body, as far as it can be decoded."""
    decoder = ContentDecoder(content_encoding, limit=max(limit, len(body)) + PIECE)
    return b"".join(decoder.feed(body))[:limit]


class ContentDecoder:
    """Decodes a body as it arrives: `feed` its pieces, then `finish`. `problem` is set as soon as one is known."""

    def __init__(self, content_encoding: str | None, *, limit: int) -> None:
        codecs = _codecs(content_encoding)
        self.problem: Reason | None = Reason.BAD_ENCODING if codecs is None else None
        self._stages = [_Stage(codec, limit) for codec in codecs or ()]
        self._begun = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The decoded pieces that this data makes; ends early at a problem."""
        if self.problem or not data:
            return
        self._begun = True
        try:
            yield from _through(self._stages, data)
        except _Problem as problem:
            self.problem = problem.reason

    def finish(self) -> Reason | None:
        """What is wrong with the body as a whole. An empty body is whole in any coding, as browsers see it."""
        if self.problem is None and self._begun and not all(stage.codec.whole for stage in self._stages):
            self.problem = Reason.TRUNCATED
        return self.problem


class _Problem(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class _Codec(Protocol):
    @property
    def whole(self) -> bool: ...

    def feed(self, data: bytes) -> Iterator[bytes]: ...


class _Stage:
    """One coding of the chain; each has the limit of its own, so that none can work without end."""

    def __init__(self, codec: _Codec, limit: int) -> None:
        self.codec = codec
        self._left = limit

    def feed(self, data: bytes) -> Iterator[bytes]:
        for piece in self.codec.feed(data):
            self._left -= len(piece)
            if self._left < 0:
                raise _Problem(Reason.TOO_LARGE)
            yield piece


def _through(stages: Sequence[_Stage], data: bytes) -> Iterator[bytes]:
    if not stages:
        yield data
        return
    for piece in stages[0].feed(data):
        yield from _through(stages[1:], piece)


class _Identity:
    whole = True

    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data


class _Gzip:
    """RFC 1952: one or more members. What follows the last is ignored, as browsers ignore it."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._between = b""  # what came after a member and may begin another

    @property
    def whole(self) -> bool:
        return self._member.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        data = self._between + data
        while data and (not self._member.eof or data.startswith(GZIP_MAGIC)):
            if self._member.eof:
                self._member = zlib.decompressobj(16 + zlib.MAX_WBITS)
            yield from _inflated(self._member, data)
            data = self._member.unused_data
        self._between = data[: len(GZIP_MAGIC)]


class _Deflate:
    """RFC 1950 in a zlib wrapper; without one, raw RFC 1951."""

    def __init__(self) -> None:
        self._first = b""
        self._stream: zlib._Decompress | None = None

    @property
    def whole(self) -> bool:
        return self._stream is not None and self._stream.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._stream is None:
            self._first += data
            if len(self._first) < len(GZIP_MAGIC):
                return
            data = self._first
            self._stream = zlib.decompressobj(zlib.MAX_WBITS if _is_zlib(data) else -zlib.MAX_WBITS)
        if not self._stream.eof:
            yield from _inflated(self._stream, data)


def _is_zlib(data: bytes) -> bool:
    """Whether the two bytes are a zlib header: method 8, and a multiple of 31 (RFC 1950, 2.2)."""
    return data[0] & 0x0F == zlib.DEFLATED and int.from_bytes(data[:2]) % 31 == 0


def _inflated(stream: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    try:
        while data and not stream.eof:
            yield stream.decompress(data, PIECE)
            data = stream.unconsumed_tail
    except zlib.error as error:
        raise _Problem(Reason.BAD_ENCODING) from error


class _Brotli:
    """RFC 7932."""

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    @property
    def whole(self) -> bool:
        return bool(self._stream.is_finished())

    def feed(self, data: bytes) -> Iterator[bytes]:
        try:
            while not self.whole:
                yield self._stream.process(data, output_buffer_limit=PIECE)
                data = b""
                if self._stream.can_accept_more_data():
                    return
        except brotli.error as error:
            raise _Problem(Reason.BAD_ENCODING) from error


class _Zstd:
    """RFC 8878: frames one after another."""

    def __init__(self, zstd: Any) -> None:  # noqa: ANN401 - a module that may be missing has no type
        self._zstd = zstd
        self._frame = self._new()

    @property
    def whole(self) -> bool:
        return bool(self._frame.eof)

    def feed(self, data: bytes) -> Iterator[bytes]:
        try:
            while data or not (self._frame.eof or self._frame.needs_input):
                if self._frame.eof:
                    self._frame = self._new()
                yield self._frame.decompress(data, PIECE)
                data = self._frame.unused_data if self._frame.eof else b""
        except self._zstd.ZstdError as error:
            raise _Problem(Reason.BAD_ENCODING) from error

    def _new(self) -> Any:  # noqa: ANN401 - as above
        return self._zstd.ZstdDecompressor(options={self._zstd.DecompressionParameter.window_log_max: ZSTD_WINDOW_LOG})


def _codecs(content_encoding: str | None) -> list[_Codec] | None:
    """The decoders of a Content-Encoding, the last applied coding first; None if one of them is unknown."""
    names = [name.strip().lower() for name in (content_encoding or "").split(",")]
    makers = [_maker(name) for name in reversed(names) if name]
    if len(makers) > MOST_CODINGS or None in makers:
        return None
    return [maker() for maker in makers if maker] or [_Identity()]


def _maker(name: str) -> Callable[[], _Codec] | None:
    makers: dict[str, Callable[[], _Codec]] = {
        "identity": _Identity, "none": _Identity, "gzip": _Gzip, "x-gzip": _Gzip, "deflate": _Deflate, "br": _Brotli,
    }  # fmt: skip
    return makers.get(name) or (_zstd() if name == "zstd" else None)


def _zstd() -> Callable[[], _Codec] | None:
    for name in ZSTD_MODULES:
        try:
            zstd = importlib.import_module(name)
        except ImportError:
            continue
        return lambda: _Zstd(zstd)
    return None
