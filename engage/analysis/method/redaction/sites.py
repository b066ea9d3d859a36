"""Named schools, streets and places: found by walking back from the word that says what they are."""

from collections.abc import Iterator

from engage.analysis.method.redaction.lexicon import known, places
from engage.analysis.method.redaction.spans import Span
from engage.analysis.method.redaction.tokens import Token

SCHOOLS = frozenset("school academy college primary secondary grammar nursery university uni sixthform yeshiva".split())
STREETS = frozenset(
    "road rd street st avenue ave lane crescent cres gardens gdns terrace mews boulevard blvd drive dr close court ct way grove parade".split(),
)
SITES = frozenset(
    "park estate library mosque masjid church synagogue shul temple gurdwara mandir station hub hospital surgery centre center "
    "playground common woods farm house towers tower heights club arcade hostel hotel museum theatre clinic field fields green".split(),
)
_BLUNT = frozenset("close court way drive grove house common woods farm field fields green heights tower hub hotel parade st dr".split())
_GENERIC = frozenset(
    "primary secondary high grammar sixth form boarding state public private faith special junior infant infants girls girl boys "
    "boy boys' girls' catholic jewish muslim christian church free community local main big small new old nearest other first last "
    "whole same different next busy dark quiet back side front bus train tube railway underground police fire petrol youth leisure "
    "shopping sports sport community health town city village council housing medical gp night social after before during until my "
    "our your his her their this that the a an some any every each no one and or of to from in on at by with as is was are be like "
    "hate love do go goes going went get got if when where about for outside near into through off past over up down along across "
    "not but so because all more most than i you he she we they it its me him us them what which who how very really too only just "
    "skate football rugby play water theme trampoline retail business industrial care children children's family adventure bigger "
    "better nice good bad safe safer dangerous clean cleaner more less two three few many lots great cool old open empty high "
    "hating middle elementary summer home language music drama art dance medical law business online virtual saturday sunday".split(),
)
_STOPS = frozenset("named called".split())
_LEADS = frozenset("on at in near off down along by from to past outside behind opposite around attend attended attending through into called".split())


def sites(found: list[Token], text: str) -> Iterator[Span]:
    """Find schools, streets and other places by their last word.

    Parameters
    ----------
    found : list of Token
        The words of the text.
    text : str
        The text itself.

    Yields
    ------
    span : Span
        SCHOOL, ADDRESS or PLACE_SPECIFIC.

    Examples
    --------
    >>> from engage.analysis.method.redaction.tokens import tokens
    >>> text = "i go to copthall school and live at 12 larkspur road"
    >>> [(text[s.start:s.end], s.kind) for s in sites(tokens(text), text)]
    [('copthall school', 'SCHOOL'), ('12 larkspur road', 'ADDRESS')]
    """
    for at, token in enumerate(found):
        if token.word in SCHOOLS:
            yield from _school(found, at)
        elif token.word in STREETS:
            yield from _street(found, at)
        elif token.word in SITES:
            yield from _site(found, at)
        elif places().get(token.word) == "country":
            yield from _origin(found, at)
        elif token.word in {"flat", "apartment", "apt", "unit", "suite", "box", "postbox"}:
            yield from _flat(found, at)


def _name_before(found: list[Token], at: int, most: int = 3) -> int:
    """Walk back over the name's words and say where it starts (``at`` itself when nothing names the place)."""
    start = at
    while start > 0 and at - start < most and _may_name(found[start - 1]):
        start -= 1
    return start


def _may_name(token: Token) -> bool:
    return token.word not in _GENERIC and token.word not in _STOPS and (token.word[:1].isalpha() or token.text in ".'’-")


def _telling(found: list[Token], start: int, at: int) -> bool:
    """Say whether the words before the place's kind really name it: unusual, capitalised, or after "at" or "on"."""
    named = found[start:at]
    if not named:
        return False
    if any(token.text[0].isupper() and token.start > 0 for token in named):
        return True
    if all(known(token.word).ordinary >= 3 for token in named):
        return False
    led = start > 0 and found[start - 1].word in _LEADS
    return led or all(known(token.word).ordinary <= 1 for token in named if token.word[0].isalpha())


def _school(found: list[Token], at: int) -> Iterator[Span]:
    start = at
    while start > 0 and found[start - 1].word in _GENERIC & _SCHOOL_KINDS:
        start -= 1
    first = _name_before(found, start)
    if _telling(found, first, start):
        end = at + 1
        while end < len(found) and found[end].word in SCHOOLS:
            end += 1
        yield Span(found[first].start, found[end - 1].end, "SCHOOL")


_SCHOOL_KINDS = frozenset(
    "primary secondary high grammar sixth form boarding special junior infant infants girls girl boys boy catholic jewish muslim free community".split(),
)


def _street(found: list[Token], at: int) -> Iterator[Span]:
    first = _name_before(found, at)
    numbered = _number_before(found, first)
    if first == at:
        return
    if numbered < first:
        yield Span(found[numbered].start, found[at].end, "ADDRESS")
    elif _telling(found, first, at) and not _blunt(found, first, at):
        yield Span(found[first].start, found[at].end, "PLACE_SPECIFIC")


def _number_before(found: list[Token], first: int) -> int:
    """Step back over a house number, and over "flat 4" before it."""
    start = first
    if start > 0 and found[start - 1].word[0].isdigit() and len(found[start - 1].word) <= 5:
        start -= 1
        if start > 1 and found[start - 1].text == ",":
            start -= 1
        while start > 0 and (found[start - 1].word in {"flat", "apartment", "apt"} or found[start - 1].word.isdigit()):
            start -= 1
    return start


def _blunt(found: list[Token], first: int, at: int) -> bool:
    """Everyday words ("close", "way", "house") name a place only after a capital."""
    return found[at].word in _BLUNT and not (found[at].text[0].isupper() and found[first].text[0].isupper())


def _site(found: list[Token], at: int) -> Iterator[Span]:
    start = at
    while start > 0 and found[start - 1].word in {"youth", "leisure", "shopping", "community", "sports", "football", "children's", "tube", "train"}:
        start -= 1
    first = _name_before(found, start, 2)
    if all(places().get(token.word) == "general" for token in found[first:start]):
        return
    if _telling(found, first, start) and not _blunt(found, first, at):
        yield Span(found[first].start, found[at].end, "PLACE_SPECIFIC")


def _flat(found: list[Token], at: int) -> Iterator[Span]:
    if at + 1 < len(found) and found[at + 1].word[0].isdigit() and len(found[at + 1].word) <= 6:
        yield Span(found[at].start, found[at + 1].end, "ADDRESS")


def _origin(found: list[Token], at: int) -> Iterator[Span]:
    """Take a country out where somebody says that a person comes from there; elsewhere it is no detail."""
    if at and found[at - 1].word in {"from", "to", "in"}:
        told = {token.word for token in found[max(0, at - 6) : at]}
        if told & _PERSONS and told & _MOVES:
            yield Span(found[at].start, found[at].end, "PLACE_SPECIFIC")


_PERSONS = frozenset("i im i'm me my we he she he's she's family mum dad parents".split())
_MOVES = frozenset("am im i'm is was born come comes came moved from live lives lived fled are".split())
