"""Joins the pieces of one address: what stands between them is a part of it too."""

import re
from collections.abc import Sequence

from engage.analysis.method.redaction.groups import group
from engage.analysis.method.redaction.lexicon import known
from engage.analysis.method.redaction.spans import Span

_JOINED = frozenset({"ADDRESS", "PLACE_SPECIFIC", "PERSON", "NUMBER", "POSTCODE"})
_PARTICLES = group("particles") | group("address_cues")
_WORDS = re.compile(r"[^\W_]+")
_CORNER = re.compile(r"(?<!\w)(?:the )?corner of (?:\d{1,5} )?\Z", re.IGNORECASE)
_WIDEST, _MOST_WORDS, _SHORT, _LOOKED, _MUCH_USED = 12, 2, 3, 24, 3


def whole_addresses(kept: Sequence[Span], text: str) -> list[Span]:
    """Join pieces of an address over the few small words, numbers and marks between them.

    Parameters
    ----------
    kept : sequence of Span
        In the order of the text, none overlapping another.
    text : str
        The text itself.

    Returns
    -------
    joined : list of Span
        The same, pieces of one address in one span, with "the corner of" before it.

    Examples
    --------
    >>> pieces = [Span(0, 7, "PERSON"), Span(15, 24, "ADDRESS")]
    >>> whole_addresses(pieces, "Rakoczi ut 13. Suite 104")
    [Span(start=0, end=24, kind='ADDRESS')]
    """
    joined: list[Span] = []
    for span in kept:
        last = joined[-1] if joined else None
        if last and _one_address(last, span, text[last.end : span.start]):
            joined[-1] = Span(last.start, span.end, "ADDRESS")
        else:
            joined.append(_with_corner(span, text))
    return joined


def _one_address(last: Span, following: Span, between: str) -> bool:
    if "ADDRESS" not in {last.kind, following.kind} or not {last.kind, following.kind} <= _JOINED:
        return False
    words = _WORDS.findall(between.lower())
    return len(between) <= _WIDEST and len(words) <= _MOST_WORDS and all(map(_small, words))


def _small(word: str) -> bool:
    """A number, a particle, or an abbreviation that is no English word."""
    return word.isdigit() or word in _PARTICLES or (len(word) <= _SHORT and known(word).ordinary < _MUCH_USED)


def _with_corner(span: Span, text: str) -> Span:
    before = text[max(0, span.start - _LOOKED) : span.start]
    found = _CORNER.search(before) if span.kind in {"ADDRESS", "PLACE_SPECIFIC"} else None
    return span._replace(start=span.start - len(found.group())) if found else span
