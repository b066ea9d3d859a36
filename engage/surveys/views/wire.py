"""Send one long text that is the same for many, and a short end that is not, without compressing the long part again.

The long part is compressed once, as hard as it goes; the end is laid behind it as it is. So a page costs no time to
compress, and the secret token in its end never shares a compressor with words from outside.
"""

import zlib
from functools import cached_property

import brotli
from flask import Response, request

BROTLI_AGAIN = 5  # for a page of one person only: 11 costs a hundred times more than it saves
WINDOW = 17  # bits: a whole survey; making room for more, as brotli does unless told, costs more than compressing
LARGEST_BLOCK = 0xFFFF
GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"


class Prefix:
    """The part of a page that everybody gets, compressed on first use."""

    def __init__(self, text: str) -> None:
        self.text = text.encode()

    @cached_property
    def brotli(self) -> bytes:
        """Compressed, and ended at a byte so that more can follow."""
        # Named for fonts, it only means: distances by twos. Pages full of short alike tags lose 50 bytes by it.
        compressor = brotli.Compressor(quality=11, mode=brotli.MODE_FONT)
        return compressor.process(self.text) + compressor.flush()  # type: ignore[no-any-return]

    @cached_property
    def gzip(self) -> bytes:
        """The same for a phone that knows no brotli."""
        compressor = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        return GZIP_HEAD + compressor.compress(self.text) + compressor.flush(zlib.Z_FULL_FLUSH)

    @cached_property
    def checksum(self) -> int:
        return zlib.crc32(self.text)


def page_of(prefix: Prefix, end: str, *, status: int = 200) -> Response:
    """Answer with `prefix` and `end`, in the best form this phone takes; `end` is at most 64 kB."""
    tail = end.encode()
    way = request.accept_encodings.best_match(("br", "gzip"), "identity")
    if way == "br":
        return _answer(prefix.brotli + _brotli_stored(tail), way, status)
    if way == "gzip":
        return _answer(prefix.gzip + _gzip_stored(prefix, tail), way, status)
    return _answer(prefix.text + tail, "", status)


def page_for_one(text: str, *, status: int = 200) -> Response:
    """Answer with a page that is one person's only."""
    if request.accept_encodings.best_match(("br", "gzip"), "identity") == "br":
        return _answer(brotli.compress(text.encode(), quality=BROTLI_AGAIN, lgwin=WINDOW), "br", status)
    return _answer(text.encode(), "", status)


def _answer(body: bytes, way: str, status: int) -> Response:
    response = Response(body, status=status, mimetype="text/html")
    if way:
        response.headers["Content-Encoding"] = way
    return response


def _brotli_stored(tail: bytes) -> bytes:
    # RFC 7932, section 9.2: ISLAST 0, MNIBBLES 4, MLEN - 1 in 16 bits, ISUNCOMPRESSED 1, then to the next byte;
    # after the bytes themselves an empty last block.
    head = ((len(tail) - 1) << 3 | 1 << 19).to_bytes(3, "little")
    return head + tail + b"\x03"


def _gzip_stored(prefix: Prefix, tail: bytes) -> bytes:
    # RFC 1951, section 3.2.4: the last block, stored; then the checksum and the length of the whole (RFC 1952).
    size = len(tail).to_bytes(2, "little") + (LARGEST_BLOCK ^ len(tail)).to_bytes(2, "little")
    whole = (len(prefix.text) + len(tail)) & 0xFFFFFFFF
    return b"\x01" + size + tail + zlib.crc32(tail, prefix.checksum).to_bytes(4, "little") + whole.to_bytes(4, "little")
