"""Named schools, streets and places: found by walking back from the word that says what they are."""

from collections.abc import Callable, Iterator, Sequence

from engage.analysis.method.redaction.features import shape
from engage.analysis.method.redaction.groups import group
from engage.analysis.method.redaction.lexicon import known, places
from engage.analysis.method.redaction.spans import Span
from engage.analysis.method.redaction.tokens import Token

SCHOOLS = group("schools")
STREETS = group("streets")
SITES = group("sites")
_BLUNT = group("blunt")
_GENERIC = group("generic")
_STOPS = group("stops")
_LEADS = group("leads")
_SCHOOL_KINDS = group("school_kinds")
_SITE_KINDS = group("site_kinds")
_FLATS = group("flats")
_PERSONS = group("persons")
_MOVES = group("moves")
_COUNTRY_PAIRS = group("country_pairs")
_TAKEN = group("taken")
_TOO_LARGE = frozenset(("london", "barnet", "england", "britain", "uk"))
_EVERYDAY, _RARE = 3, 1
_LONGEST_NUMBER, _BEFORE = 6, 6


def sites(found: Sequence[Token]) -> Iterator[Span]:
    """Find schools, streets and other places by their last word.

    Parameters
    ----------
    found : sequence of Token
        The words of the text.

    Yields
    ------
    span : Span
        SCHOOL, ADDRESS or PLACE_SPECIFIC.

    Examples
    --------
    >>> from engage.analysis.method.redaction.tokens import tokens
    >>> text = "i go to copthall school and live at 12 larkspur road"
    >>> [(text[s.start:s.end], s.kind) for s in sites(tokens(text))]
    [('copthall school', 'SCHOOL'), ('12 larkspur road', 'ADDRESS')]
    """
    for at, token in enumerate(found):
        look = _LOOKS.get(token.word)
        if look:
            yield from look(found, at)


def _name_before(found: Sequence[Token], at: int, most: int = 3) -> int:
    """Walk back over the name's words and say where it starts (``at`` itself when nothing names the place)."""
    start = at
    while start > 0 and at - start < most and _may_name(found[start - 1]):
        start -= 1
    return start


def _may_name(token: Token) -> bool:
    if token.word in _GENERIC or token.word in _STOPS or token.word in _LEADS:
        return False
    return shape(token.text) in {"x", "X", "XX", "xX"} or token.text in ".'’-"


def _telling(found: Sequence[Token], start: int, at: int) -> bool:
    """Say whether the words before the place's kind really name it: unusual, capitalised, or after "at" or "on"."""
    named = found[start:at]
    if not named:
        return False
    if any(token.text[0].isupper() and token.start > 0 for token in named):
        return True
    if all(known(token.word).ordinary >= _EVERYDAY for token in named):
        return False
    led = start > 0 and found[start - 1].word in _LEADS
    return led or all(known(token.word).ordinary <= _RARE for token in named if token.word[0].isalpha())


def _back_over(found: Sequence[Token], at: int, kinds: frozenset[str]) -> int:
    while at > 0 and found[at - 1].word in kinds:
        at -= 1
    return at


def _school(found: Sequence[Token], at: int) -> Iterator[Span]:
    start = _back_over(found, at, _SCHOOL_KINDS)
    first = _name_before(found, start)
    if _telling(found, first, start) or _of_a_place(found[first:start]):
        yield Span(found[first].start, found[at].end, "SCHOOL")


def _of_a_place(named: Sequence[Token]) -> bool:
    """A part of the borough names its school ("hendon school"); the borough alone names no one school."""
    parts = [token for token in named if places().get(token.word) == "general"]
    return bool(parts) and (len(named) > 1 or parts[0].word not in _TOO_LARGE)


def _street(found: Sequence[Token], at: int) -> Iterator[Span]:
    first = _name_before(found, at)
    numbered = _number_before(found, first)
    if first == at:
        return
    if numbered < first:
        yield Span(found[numbered].start, found[at].end, "ADDRESS")
    elif _telling(found, first, at) and not _blunt(found, first, at):
        capitals = found[first].text[0].isupper() and found[at].text[0].isupper()
        yield Span(found[first].start, found[at].end, "ADDRESS" if capitals else "PLACE_SPECIFIC")


def _number_before(found: Sequence[Token], first: int) -> int:
    """Step back over a house number, and over "flat 4" before it."""
    start = first
    if start > 0 and found[start - 1].word[0].isdigit() and len(found[start - 1].word) < _LONGEST_NUMBER:
        start -= 1
        if start > 1 and found[start - 1].text == ",":
            start -= 1
        while start > 0 and (found[start - 1].word in _FLATS or found[start - 1].word.isdigit()):
            start -= 1
    return start


def _blunt(found: Sequence[Token], first: int, at: int) -> bool:
    """Everyday words ("close", "way", "house") name a place only after a capital."""
    return found[at].word in _BLUNT and not (found[at].text[0].isupper() and found[first].text[0].isupper())


def _site(found: Sequence[Token], at: int) -> Iterator[Span]:
    start = _back_over(found, at, _SITE_KINDS)
    first = _name_before(found, start, 2)
    if all(places().get(token.word) == "general" for token in found[first:start]):
        return
    if _telling(found, first, start) and not _blunt(found, first, at):
        yield Span(found[first].start, found[at].end, "PLACE_SPECIFIC")


def _firm(found: Sequence[Token], at: int) -> Iterator[Span]:
    """Take a firm by what it ends in: "Larkhill Lifts Ltd"."""
    first = _name_before(found, at)
    if first < at:
        yield Span(found[first].start, found[at].end, "PLACE_SPECIFIC")


def _flat(found: Sequence[Token], at: int) -> Iterator[Span]:
    after = found[at + 1] if at + 1 < len(found) else None
    if after and after.word[0].isdigit() and len(after.word) <= _LONGEST_NUMBER:
        yield Span(found[at].start, after.end, "ADDRESS")


def _the_ridgeway(found: Sequence[Token], at: int) -> Iterator[Span]:
    """A number before "the" and a name: "22b the ridgeway", "at 14 the crossways"."""
    if not 0 < at < len(found) - 1:
        return
    number, name = found[at - 1], found[at + 1]
    lettered = number.word[:-1].isdigit() and number.word[-1].isalpha() and len(number.word) < _LONGEST_NUMBER
    lived_at = number.word.isdigit() and at > 1 and found[at - 2].word == "at" and len(number.word) < _LONGEST_NUMBER
    if (lettered or lived_at) and name.word.isalpha() and known(name.word).ordinary < _EVERYDAY:
        yield Span(number.start, name.end, "ADDRESS")


def _country(found: Sequence[Token], at: int) -> Iterator[Span]:
    """Take a country out where it is written with a capital, or where somebody says that a person comes from there."""
    token, before = found[at], found[at - 1].word if at else ""
    told = {word.word for word in found[max(0, at - _BEFORE) : at]}
    from_there = before in {"from", "to", "in"} and bool(told & _PERSONS and told & _MOVES)
    from_there = from_there and not (before == "to" and told & _TAKEN)
    if from_there or (token.text[0].isupper() and (at or not known(token.word).ordinary)):
        yield Span(token.start, token.end, "PLACE_SPECIFIC")


def _two_word_country(found: Sequence[Token], at: int) -> Iterator[Span]:
    if at + 1 < len(found) and f"{found[at].word}_{found[at + 1].word}" in _COUNTRY_PAIRS:
        yield Span(found[at].start, found[at + 1].end, "PLACE_SPECIFIC")


_Look = Callable[[Sequence[Token], int], Iterator[Span]]
_LOOKS: dict[str, _Look] = {
    **{pair.split("_")[0]: _two_word_country for pair in _COUNTRY_PAIRS},
    **{word: _country for word, kind in places().items() if kind == "country"},
    "the": _the_ridgeway,
    **dict.fromkeys(_FLATS, _flat),
    **dict.fromkeys(group("firms"), _firm),
    **dict.fromkeys(SITES, _site),
    **dict.fromkeys(STREETS, _street),
    **dict.fromkeys(SCHOOLS, _school),
}
