"""Carries what the tagger found over to the small words that belong to it: initials, particles, house numbers."""

from collections.abc import Sequence

from engage.analysis.method.redaction.groups import group
from engage.analysis.method.redaction.lexicon import known, places
from engage.analysis.method.redaction.sites import STREETS
from engage.analysis.method.redaction.tokens import Token

PARTICLES = group("particles")
CUES = STREETS | group("address_cues")
_PAUSES, _CORNER_WORDS = frozenset(",.;"), frozenset({"and", "of", "the", "corner"})
_CORNER = ("the", "corner", "of")
_NEAR = 4
_COUNTY = 3
_LONG = 4
_LISTED = 3


def spread(found: Sequence[Token], likely: Sequence[bool]) -> list[bool]:
    """Add initials and particles between names, and the numbers and street words of an address.

    Parameters
    ----------
    found : sequence of Token
        The words of one text.
    likely : sequence of bool, one for each word
        Which words the tagger takes for personal details.

    Returns
    -------
    likely : list of bool
        The same, with what belongs to them.

    Examples
    --------
    >>> from engage.analysis.method.redaction.tokens import tokens
    >>> spread(tokens("Karin M. Beike"), [True, False, False, True])
    [True, True, True, True]
    """
    wide = list(likely)
    for at, token in enumerate(found):
        if not wide[at] and _belongs(found, wide, likely, at, token):
            wide[at] = True
    return wide


def _belongs(found: Sequence[Token], wide: Sequence[bool], likely: Sequence[bool], at: int, token: Token) -> bool:
    before, after = _beside(found, wide, at, -1), _beside(found, likely, at, 1)
    if token.text == ".":
        return at > 0 and wide[at - 1] and len(found[at - 1].text) == 1 and after
    if not (before or after):
        return _at_corner(found, likely, at)
    if token.word[0].isdigit():
        return (
            len(token.word) >= _LONG
            or _cued(found, at)
            or _house_number(found, wide, at)
            or (after and _leads(found, at))
        )
    between = before and after and token.word in _CORNER_WORDS
    joins = before and after and (_is_small(token) or _is_capital(found, at) or _closes_list(found, wide, at))
    return joins or ((between or _of_address(token) or (before and _abbreviation(found, at))) and _numbered(found, at))


def _of_address(token: Token) -> bool:
    """Street words, counties in capitals and countries stand in an address."""
    county = len(token.text) <= _COUNTY and token.text.isupper()
    return token.word in CUES or county or places().get(token.word) == "country"


def _at_corner(found: Sequence[Token], likely: Sequence[bool], at: int) -> bool:
    """Read "the corner of" before a name as a part of the address."""
    if found[at].word not in _CORNER:
        return False
    words = [token.word for token in found[max(0, at - 2) : at + 3]]
    here = min(at, 2)
    for start in range(max(0, here - 2), here + 1):
        if tuple(words[start : start + 3]) == _CORNER:
            named = at - here + start + 3
            return any(likely[named : named + 2])
    return False


def _is_small(token: Token) -> bool:
    return token.word in PARTICLES or len(token.text) == 1


def _is_capital(found: Sequence[Token], at: int) -> bool:
    """Read "Clear Path Motors" whole: a capital right between two capitals."""
    return all(token.text[0].isupper() for token in found[at - 1 : at + 2])


def _closes_list(found: Sequence[Token], wide: Sequence[bool], at: int) -> bool:
    """Read "Hughes, Okafor and Lane" as one name, of a firm."""
    listed = at >= _LISTED and found[at - 2].text == "," and wide[at - _LISTED]
    return listed and found[at].word == "and" and found[at + 1].text[0].isupper()


def _leads(found: Sequence[Token], at: int) -> bool:
    """Read the first of two numbers of an address: "63 Avenue du Golf 910"."""
    return any(token.word[0].isdigit() for token in found[at + 1 : at + 1 + _NEAR])


def _abbreviation(found: Sequence[Token], at: int) -> bool:
    """Read "mp 35739" and "u. 15" after a name as parts of an address."""
    token, ahead = found[at], found[at + 1 : at + 3]
    short = token.text[0].isalpha() and len(token.text) < _LONG and not known(token.word).ordinary
    return short and any(part.word[0].isdigit() for part in ahead)


def _house_number(found: Sequence[Token], wide: Sequence[bool], at: int) -> bool:
    """Read "Harlova 31," as a street and its number: an unlisted capitalised word, a number, and then a pause."""
    if at == 0 or not wide[at - 1] or known(found[at - 1].word).name or not found[at - 1].text[0].isupper():
        return False
    return at + 1 == len(found) or found[at + 1].text in _PAUSES


def _beside(found: Sequence[Token], likely: Sequence[bool], at: int, step: int) -> bool:
    """Look at the next word in one direction, over a comma or a full stop."""
    beside = at + step
    if 0 <= beside < len(found) and found[beside].text in {",", ".", "-"}:
        beside += step
    return 0 <= beside < len(found) and likely[beside]


def _cued(found: Sequence[Token], at: int) -> bool:
    return any(token.word in CUES for token in found[max(0, at - _NEAR) : at + _NEAR + 1])


def _numbered(found: Sequence[Token], at: int) -> bool:
    return any(token.word[0].isdigit() for token in found[max(0, at - _NEAR) : at + _NEAR + 1])
