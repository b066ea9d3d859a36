"""A square code as a picture: black runs on white, drawn by hand, for a general writer takes longer than the code."""

import re
from collections.abc import Sequence

QUIET = 4  # white modules on every side, as the standard asks
RUN = re.compile(b"\x01+")
SVG = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {side} {side}'"
    " shape-rendering='crispEdges'%3E%3Cpath fill='%23fff' d='M0 0h{side}v{side}H0z'/%3E"
    "%3Cpath stroke='%23000' d='{runs}'/%3E%3C/svg%3E"
)


def picture(rows: Sequence[bytearray]) -> str:
    """Give the address of a picture with a black module for each 1 of `rows`."""
    runs = [
        f"M{found.start() + QUIET} {y}.5h{found.end() - found.start()}"
        for y, row in enumerate(rows, QUIET)
        for found in RUN.finditer(row)
    ]
    return SVG.format(side=len(rows) + 2 * QUIET, runs="".join(runs))
