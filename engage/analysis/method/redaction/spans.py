"""A piece of a text and what kind of personal detail it is."""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple


class Span(NamedTuple):
    """One piece of the original text: from ``start`` up to and without ``end``, and its kind."""

    start: int
    end: int
    kind: str


def without_overlap(spans: Iterable[Span], length: int) -> list[Span]:
    """Give every letter to the first span that claims it.

    Parameters
    ----------
    spans : iterable of Span
        Surest first.
    length : int
        Letters in the text.

    Returns
    -------
    spans : list of Span
        In the order of the text, none overlapping another.

    Examples
    --------
    >>> without_overlap([Span(3, 9, "EMAIL"), Span(0, 4, "PERSON")], 12)
    [Span(start=0, end=3, kind='PERSON'), Span(start=3, end=9, kind='EMAIL')]
    """
    claims = list(spans)
    owners = [-1] * length
    for number, span in enumerate(claims):
        for at in range(span.start, span.end):
            if owners[at] < 0:
                owners[at] = number
    kept = []
    for owner, places in groupby(range(length), key=owners.__getitem__):
        if owner >= 0:
            run = list(places)
            kept.append(Span(run[0], run[-1] + 1, claims[owner].kind))
    return kept
