"""Content codings: what is undone, and what is refused."""

import gzip
import tracemalloc
import zlib

import brotli
import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.codings import ContentDecoder, content_decoded, content_prefix
from broadsheet.model import Reason

TEXT = b"The ferry leaves at nine. " * 400
LIMIT = 1 << 20


def raw_deflate(data):
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    return stream.compress(data) + stream.flush()


ENCODERS = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd.compress,
            "identity": bytes}  # fmt: skip


@pytest.mark.parametrize(
    "coding, body",
    [
        (None, TEXT),
        ("", TEXT),
        ("identity", TEXT),
        ("none", TEXT),
        ("gzip", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT)),
        (" GZip ", gzip.compress(TEXT)),
        ("gzip", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
        ("gzip", gzip.compress(TEXT) + b"\0" * 512),
        ("gzip", gzip.compress(TEXT) + b"trailing words"),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
        ("br", brotli.compress(TEXT)),
        ("zstd", zstd.compress(TEXT)),
        ("zstd", zstd.compress(TEXT[:100]) + zstd.compress(TEXT[100:])),
        ("zstd, br", brotli.compress(zstd.compress(TEXT))),
        ("gzip, br", brotli.compress(gzip.compress(TEXT))),
        ("br, gzip", gzip.compress(brotli.compress(TEXT))),
        ("gzip, identity", gzip.compress(TEXT)),
        ("gzip,", gzip.compress(TEXT)),
    ],
)
def test_a_body_comes_out_of_its_codings(coding, body):
    assert content_decoded(body, coding, limit=LIMIT) == TEXT


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "gzip, br", "identity", None])
def test_an_empty_body_is_empty_in_any_coding(coding):
    assert content_decoded(b"", coding, limit=LIMIT) == b""


@pytest.mark.parametrize("coding", ["compress", "exi", "pack200-gzip", "utf-8", "gzip, what", "gzip, gzip, gzip, gzip"])
def test_an_unknown_coding_or_a_tower_of_them_is_bad(coding):
    assert content_decoded(TEXT, coding, limit=LIMIT) is Reason.BAD_ENCODING


@pytest.mark.parametrize("coding", ["gzip", "br", "gzip, br"])
def test_a_body_that_is_not_in_the_coding_it_claims_is_bad(coding):
    assert content_decoded(b"<!doctype html><p>plain", coding, limit=LIMIT) is Reason.BAD_ENCODING


def test_a_damaged_zstd_frame_is_bad():
    frame = bytes.fromhex("28b52ffd0409000068690a") + b"\0" * 4
    assert content_decoded(frame, "zstd", limit=LIMIT) is Reason.BAD_ENCODING


def test_a_zstd_frame_that_wants_more_memory_than_the_standard_allows_is_bad():
    options = {zstd.CompressionParameter.window_log: 27}
    packer = zstd.ZstdCompressor(options=options)
    frame = packer.compress(bytes(range(256)) * 100) + packer.flush()
    assert content_decoded(frame, "zstd", limit=LIMIT) is Reason.BAD_ENCODING


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize("cut", [1, 4, 20])
def test_a_body_cut_short_is_truncated(coding, cut):
    body = ENCODERS[coding](TEXT + bytes(range(256)))
    assert content_decoded(body[:-cut], coding, limit=LIMIT) is Reason.TRUNCATED


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "identity"])
def test_a_body_at_the_limit_passes_and_one_byte_more_does_not(coding):
    body = ENCODERS[coding](TEXT)
    assert content_decoded(body, coding, limit=len(TEXT)) == TEXT
    assert content_decoded(body, coding, limit=len(TEXT) - 1) is Reason.TOO_LARGE


@pytest.mark.parametrize(
    "coding, body",
    [
        ("gzip", gzip.compress(bytes(64 << 20))),
        ("br", brotli.compress(bytes(64 << 20), quality=5)),
        ("gzip, gzip", gzip.compress(gzip.compress(bytes(64 << 20)))),
        ("deflate", raw_deflate(bytes(64 << 20))),
        ("zstd", zstd.compress(bytes(64 << 20))),
        ("br, zstd", zstd.compress(brotli.compress(bytes(64 << 20), quality=5))),
    ],
    ids=["gzip", "br", "gzip in gzip", "raw deflate", "zstd", "br in zstd"],
)
def test_a_bomb_costs_no_more_than_the_limit(coding, body):
    tracemalloc.start()
    try:
        assert content_decoded(body, coding, limit=LIMIT) is Reason.TOO_LARGE
        assert tracemalloc.get_traced_memory()[1] < 4 * LIMIT
    finally:
        tracemalloc.stop()


def test_a_stage_that_swallows_without_end_is_stopped_too():
    swallowed = gzip.compress(gzip.compress(b"") + b"x" * (8 << 20))
    assert content_decoded(swallowed, "gzip, gzip", limit=LIMIT) is Reason.TOO_LARGE


@pytest.mark.parametrize("coding", ["gzip", "identity", "br"])
def test_a_prefix_is_as_much_as_was_asked_for(coding):
    assert content_prefix(ENCODERS[coding](TEXT), coding, limit=100) == TEXT[:100]


def test_a_prefix_of_a_cut_body_is_what_can_be_read():
    assert TEXT.startswith(content_prefix(gzip.compress(TEXT)[:-30], "gzip", limit=LIMIT))


@settings(deadline=None)
@given(
    st.binary(max_size=2000), st.sampled_from(sorted(ENCODERS)), st.sampled_from(sorted(ENCODERS)), st.integers(1, 50)
)
def test_a_body_fed_in_pieces_comes_out_whole(data, inner, outer, size):
    body = ENCODERS[outer](ENCODERS[inner](data))
    decoder = ContentDecoder(f"{inner}, {outer}", limit=LIMIT)
    pieces = [piece for at in range(0, len(body), size) for piece in decoder.feed(body[at : at + size])]
    assert decoder.finish() is None
    assert b"".join(pieces) == data


def test_the_members_of_a_gzip_body_may_arrive_byte_by_byte():
    body = gzip.compress(b"one ") + gzip.compress(b"two")
    decoder = ContentDecoder("gzip", limit=LIMIT)
    assert b"".join(piece for byte in body for piece in decoder.feed(bytes([byte]))) == b"one two"
    assert decoder.finish() is None


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip, br", "identity"]))
def test_no_bytes_make_it_raise(data, coding):
    assert isinstance(content_decoded(data, coding, limit=LIMIT), bytes | Reason)
