"""A pass as a picture: a square code of an address, drawn without making the whole code anew for everybody.

Among codes of one length each bit of the text turns the same modules, whatever the rest of the text says: error
correction and masks only ever add modulo two. So a code is that of an empty text with the turns of its bits.
"""

import re
from functools import lru_cache

import segno

MASK = 3  # one of eight, all readable: looking for the prettiest would cost more than the rest of the page
BITS = 7  # of one letter of an address
QUIET = 4  # white modules on every side, as the standard asks
RUN = re.compile(b"\x01+")
SVG = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {side} {side}'"
    " shape-rendering='crispEdges'%3E%3Cpath fill='%23fff' d='M0 0h{side}v{side}H0z'/%3E"
    "%3Cpath stroke='%23000' d='{runs}'/%3E%3C/svg%3E"
)


def picture(before: str, word: str) -> str:
    """Give the address of a picture of the code of `before` and `word`; `before` is the same for everybody."""
    rows = modules(before, word)
    runs = [
        f"M{found.start() + QUIET} {y}.5h{found.end() - found.start()}"
        for y, row in enumerate(rows, QUIET)
        for found in RUN.finditer(row)
    ]
    return SVG.format(side=len(rows) + 2 * QUIET, runs="".join(runs))


def modules(before: str, word: str) -> list[bytes]:
    """Give the rows of the code, 1 for each black module."""
    side, code, turns = _turns(before, len(word))
    for bits, letter in zip(turns, word.encode("ascii"), strict=True):
        for bit, turned in enumerate(bits):
            if letter >> bit & 1:
                code ^= turned
    drawn = code.to_bytes(side * side, "big")
    return [drawn[start : start + side] for start in range(0, side * side, side)]


@lru_cache(maxsize=4)
def _turns(before: str, length: int) -> tuple[int, int, list[list[int]]]:
    """Give the side of the code, the code of an empty word, and what each bit of each letter turns in it."""
    side, empty = _drawn(before + "\0" * length)
    turns = [
        [_drawn(before + "\0" * at + chr(1 << bit) + "\0" * (length - at - 1))[1] ^ empty for bit in range(BITS)]
        for at in range(length)
    ]
    return side, empty, turns


def _drawn(text: str) -> tuple[int, int]:
    rows = segno.make(text, mode="byte", error="m", micro=False, mask=MASK).matrix
    return len(rows), int.from_bytes(b"".join(rows), "big")
