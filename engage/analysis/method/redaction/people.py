"""Names of people, workers and unlisted places: what the tagger finds likely, checked against the lists."""

from collections.abc import Iterator, Sequence

from engage.analysis.method.redaction.features import shape
from engage.analysis.method.redaction.groups import group
from engage.analysis.method.redaction.lexicon import known, places, slip
from engage.analysis.method.redaction.spans import Span
from engage.analysis.method.redaction.spread import CUES, spread
from engage.analysis.method.redaction.tagger import chances
from engage.analysis.method.redaction.tokens import Token
from engage.analysis.method.redaction.workers import TITLES, role_of

_MOSTLY = 0.4
_LIKELY, _SURELY = 0.15, 0.7
_TOLD, _FRIENDS, _MODALS = group("told"), group("friends"), group("modals")
_SHORTEST, _MUCH_USED, _CHOSEN = 2, 3, 2
_PLACE_LEADS = group("place_leads")
_UNMARKED, _CLUBS, _PLAYS = group("unmarked"), group("clubs"), group("plays")
_NO_NAMES = group("no_names")
_AFTER = ((group("things"), group("owners")), (group("seasons"), group("whens")))  # what is no name after one of these
_OPENERS = frozenset(".!?:\n")
_GAPS = frozenset({" ", "", "-", "\u00a0", ", ", "\n"})
_FOREIGN_CUES, _FOREIGN_ENDINGS = group("foreign_cues"), tuple(sorted(group("foreign_endings"), key=len, reverse=True))
_LOOKED, _STRAY_SHARE = 50, 0.12
_ENGLISH_SHARE, _MIXED_SHARE, _ENOUGH_WORDS, _FEW_WORDS, _STEM = 0.4, 0.75, 8, 4, 3


def people(found: Sequence[Token], text: str, *, language: str = "en") -> Iterator[Span]:
    """Find names, and say whether each is a person's, a worker's or a place's.

    Parameters
    ----------
    found : sequence of Token
        The words of the text.
    text : str
        The text itself.
    language : str
        The language of the page it was written on.

    Yields
    ------
    span : Span
        PERSON, WORKER, PLACE_SPECIFIC or ADDRESS; neighbouring words in one span.

    Examples
    --------
    >>> from engage.analysis.method.redaction.tokens import tokens
    >>> text = "my social worker janet and my mate kwabena"
    >>> [(text[s.start:s.end], s.kind) for s in people(tokens(text), text)]
    [('janet', 'WORKER'), ('kwabena', 'PERSON')]
    """
    likely = _likely_abroad(found) if _is_foreign(found, language) else _likely_at_home(found)
    likely = spread(found, likely)
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and likely[end] and (end == at or text[found[end - 1].end : found[end].start] in _GAPS):
            end += 1
        if end > at:
            yield Span(found[_with_title(found, at)].start, found[end - 1].end, _kind(found, at, end))
        at = max(end, at + 1)


def _with_title(found: Sequence[Token], at: int) -> int:
    """Step back over "mr" or "Dr." before a name."""
    before = at - 1 - (at > 1 and found[at - 1].text == ".")
    return before if before >= 0 and found[before].word in TITLES else at


def _is_foreign(found: Sequence[Token], language: str) -> bool:
    """Judge by the words themselves, and by the page's language where they are few."""
    words = [token.word for token in found if token.text[0].isalpha()]
    strange = sum(not word.isascii() and shape(word) == "o" for word in words[:_LOOKED])
    if strange > _STRAY_SHARE * len(words[:_LOOKED]):
        return True
    if len(words) < _ENOUGH_WORDS and language == "en":
        return False
    if len(words) < _FEW_WORDS:
        return language != "en"
    english = sum(known(word).ordinary > 1 for word in words) / len(words)
    return english < _ENGLISH_SHARE and not _mostly_listed(words) if language == "en" else english < _MIXED_SHARE


def _mostly_listed(words: Sequence[str]) -> bool:
    """A list of names, or an address, is not a foreign text."""
    return sum(known(word).name or known(word).ordinary > 0 for word in words) > _MOSTLY * len(words)


def _likely_at_home(found: Sequence[Token]) -> list[bool]:
    """Doubt the tagger where the lists know better, and trust a word after "my friend" or "told" more."""
    return [
        not _never(found, at) and (chance >= _least(found, at) or _cued(found, at))
        for at, chance in enumerate(chances(found))
    ]


def _tells_nothing(found: Sequence[Token], at: int) -> bool:
    """Small letters, all capitals and a sentence's first capital do not mark a name."""
    opens = at == 0 or found[at - 1].text in _OPENERS
    return opens or found[at].text.islower() or found[at].text.isupper()


def _never(found: Sequence[Token], at: int) -> bool:
    """Much used words, great places, titles and single letters are nobody's name."""
    word = found[at].word
    if len(word) < _SHORTEST or word in places() or word in TITLES or word in _NO_NAMES:
        return True
    if (word in _UNMARKED and found[at].text.islower()) or _plays(found, at) or _is_thing(found, at):
        return True
    return known(word).ordinary >= _MUCH_USED and not known(word).name and _tells_nothing(found, at)


def _is_thing(found: Sequence[Token], at: int) -> bool:
    """A thing or a month that is also a name, where the word before says so: "her walker", "since april"."""
    before, token = found[at - 1].word if at else "", found[at]
    return token.text.islower() and any(token.word in words and before in leads for words, leads in _AFTER)


def _plays(found: Sequence[Token], at: int) -> bool:
    """A club that is also a first name, where it plays: "chelsea won"."""
    after = found[at + 1].word if at + 1 < len(found) else ""
    return found[at].word in _CLUBS and after in _PLAYS


def _least(found: Sequence[Token], at: int) -> float:
    """Ask for more where a word is also an everyday word, or looks like one with a slip."""
    word = found[at].word
    about = known(word)
    doubtful = about.ordinary >= _MUCH_USED or (not about.name and (about.ordinary > 0 or slip(word)))
    return _SURELY if doubtful and _tells_nothing(found, at) else _LIKELY


def _cued(found: Sequence[Token], at: int) -> bool:
    """Read "my friend grace" and "told will" as names, and "my friend will" not."""
    before, word = (found[at - 1].word if at else ""), found[at].word
    if not known(word).name:
        return False
    return before in _TOLD or (before in _FRIENDS and word not in _MODALS)


def _likely_abroad(found: Sequence[Token]) -> list[bool]:
    """In other languages every word is unknown: only longer chosen names, and words after a cue, count."""
    return [_named_abroad(found, at) for at in range(len(found))]


def _named_abroad(found: Sequence[Token], at: int) -> bool:
    token, before = found[at], found[at - 1] if at else None
    if not token.text[0].isalpha() or len(token.word) < _SHORTEST or token.word in places():
        return False
    if before and (before.word in _FOREIGN_CUES or before.word in TITLES):
        return any(known(form).name for form in _forms(token.word)) or shape(token.text) == "X"
    if len(token.word) <= _STEM and shape(token.text) != "o":
        return False
    return any(known(form).first == _CHOSEN and not known(form).ordinary for form in _forms(token.word))


def _forms(word: str) -> list[str]:
    """Give the word and what it may be without the ending of its case ("Kasią", "Tomkiem")."""
    forms = [word]
    for ending in _FOREIGN_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > _STEM:
            stem = word[: -len(ending)]
            forms += [stem, stem + "a"]
    return forms


def _kind(found: Sequence[Token], at: int, end: int) -> str:
    """Name the kind of a likely span from its words and the words before it."""
    if any(token.word[0].isdigit() or token.word in CUES for token in found[at:end]):
        return "ADDRESS"
    if role_of(found, at):
        return "WORKER"
    before = found[at - 1].word if at else ""
    return "PLACE_SPECIFIC" if before in _PLACE_LEADS and known(found[at].word).first < _CHOSEN else "PERSON"
