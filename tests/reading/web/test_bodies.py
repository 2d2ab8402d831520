"""Bodies are unpacked as they come in, and never beyond a limit."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.reading.web.bodies import BrokenBodyError, TooLargeError, read_body


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


PACKERS = {
    ("identity", "plain"): lambda data: data,
    ("gzip", "gzip"): gzip.compress,
    ("GZip ", "two members"): lambda data: gzip.compress(data[:7]) + gzip.compress(data[7:]),
    ("gzip", "padded"): lambda data: gzip.compress(data) + bytes(512),
    ("deflate", "with a header"): zlib.compress,
    ("deflate", "bare"): raw_deflate,
}


def chunked(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


@pytest.mark.parametrize(("encoding", "packing"), PACKERS)
@given(data=st.binary(max_size=2000), repeat=st.integers(1, 200), size=st.integers(1, 5000))
def test_a_body_is_unpacked_however_it_arrives(
    encoding: str, packing: str, data: bytes, repeat: int, size: int
) -> None:
    whole = data * repeat
    packed = PACKERS[encoding, packing](whole)
    assert read_body(chunked(packed, max(size, len(packed) // 100 + 1)), encoding, 2_000_000) == whole


@pytest.mark.parametrize(("encoding", "packing"), PACKERS)
@pytest.mark.parametrize("limit", [0, 1, 99_999])
def test_a_body_larger_than_the_limit_is_refused_or_cut(encoding: str, packing: str, limit: int) -> None:
    whole = bytes(range(250)) * 400
    packed = PACKERS[encoding, packing](whole)
    with pytest.raises(TooLargeError):
        read_body(chunked(packed, 1000), encoding, limit)
    assert whole.startswith(cut := read_body(chunked(packed, 100), encoding, limit, cut=True))
    assert len(cut) <= limit


@pytest.mark.parametrize(
    ("chunks", "encoding", "reason"),
    [
        ([gzip.compress(b"news" * 100)[:-9]], "gzip", "cut off"),
        ([], "gzip", "cut off"),
        ([b"<p>not packed</p>"], "gzip", "damaged"),
        ([b"\x1f\x8bnot packed"], "gzip", "damaged"),
        ([b"news"], "br", "packed as 'br', which was not requested"),
        ([b"news"], "gzip, gzip", "not requested"),
    ],
)
def test_a_body_that_cannot_be_unpacked_is_reported(chunks: list[bytes], encoding: str, reason: str) -> None:
    with pytest.raises(BrokenBodyError, match=reason):
        read_body(chunks, encoding, 1_000_000)
