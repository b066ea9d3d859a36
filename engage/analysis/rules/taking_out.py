"""Take words out of an answer: what is left is what was written, with pieces gone and nothing put in; no database."""

import re
from collections.abc import Iterable

from engage.analysis.rules import pieces
from engage.shared.errors import NotValid

TAKEN_OUT = "[taken out]"


def without(words: str, gone: Iterable[str]) -> str:
    """Give the words with each of these pieces taken out, wherever it stands as whole words.

    Raises `NotValid` with the first piece that is not there, so that a slip of the fingers takes nothing out unseen.
    """
    left = words
    for piece in sorted(gone, key=len, reverse=True):
        said = r"\s+".join(map(re.escape, piece.split()))
        whole = re.compile(rf"(?<!\w){said}(?!\w)", re.IGNORECASE)
        if not any(whole.search(one.words) for one in pieces(words) if not one.gone):
            raise NotValid(f"“{piece}” does not stand in the answer like that. Copy it as it stands there.")
        left = "".join(one.words if one.gone else whole.sub(TAKEN_OUT, one.words) for one in pieces(left))
    return left
