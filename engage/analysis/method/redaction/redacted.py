"""Finds personal details and puts a readable word in the place of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engage.analysis.method.redaction.lexicon import known, places
from engage.analysis.method.redaction.patterns import FINDERS
from engage.analysis.method.redaction.sites import sites
from engage.analysis.method.redaction.spans import Span, without_overlap
from engage.analysis.method.redaction.spread import CUES, spread
from engage.analysis.method.redaction.tagger import chances
from engage.analysis.method.redaction.tokens import Token, tokens
from engage.analysis.method.redaction.workers import role_of

PLACEHOLDERS = {
    "PERSON": "[name]",
    "PHONE": "[phone]",
    "EMAIL": "[email]",
    "ADDRESS": "[address]",
    "POSTCODE": "[postcode]",
    "SCHOOL": "[school]",
    "HANDLE": "[handle]",
    "DATE_OF_BIRTH": "[date]",
    "WORKER": "[worker]",
    "PLACE_SPECIFIC": "[place]",
    "URL": "[link]",
    "NUMBER": "[number]",
}
_LIKELY = 0.35
_MUCH_USED = 3
_SHORTEST = 2
_PLACE_LEADS = frozenset("in near from at to around visit visiting via".split())


@dataclass(frozen=True)
class Redacted:
    """A text with its personal details replaced.

    Attributes
    ----------
    text : str
        The text with a typed placeholder for each detail.
    spans : tuple of (start, end, type)
        Where each detail stood in the original; in order, never overlapping.
    """

    text: str
    spans: tuple[tuple[int, int, str], ...]


def redact(text: str, *, language: str = "en") -> Redacted:
    """Replace personal details by typed placeholders.

    A first filter, not a promise: a person still reads every excerpt before it is published.

    Parameters
    ----------
    text : str
        What somebody wrote, of any length, language or spelling.
    language : str, a language code
        The language of the page it was written on. Names are found in other languages too; in English the
        everyday words are known, so that an unknown word after "my friend" counts as a name.

    Returns
    -------
    redacted : Redacted
        The new text, and the spans in the original.

    Examples
    --------
    >>> redact("my friend ayodele lives at 12 larkspur road, text 07700 900123").text
    'my friend [name] lives at [address], text [phone]'
    >>> redact("school is fine but the buses are always late").spans
    ()
    """
    found = tokens(text)
    spans = [span for finder in FINDERS for span in finder(text)]
    spans = [_settled(span, text) for span in spans if not _everyday_handle(span, text)]
    spans += sites(found, text)
    spans += _people(found, text, language)
    kept = without_overlap(spans, len(text))
    return Redacted(_replaced(text, kept), tuple((span.start, span.end, span.kind) for span in kept))


def _everyday_handle(span: Span, text: str) -> bool:
    """Leave out "my insta is private": the word after it is an everyday one."""
    return span.kind == "HANDLE?" and known(text[span.start : span.end].lower()).ordinary > 0


def _settled(span: Span, text: str) -> Span:
    return span._replace(kind=span.kind.rstrip("?")) if text else span


def _replaced(text: str, kept: Sequence[Span]) -> str:
    pieces, at = [], 0
    for span in kept:
        pieces += [text[at : span.start], PLACEHOLDERS[span.kind]]
        at = span.end
    return "".join([*pieces, text[at:]])


def _people(found: Sequence[Token], text: str, language: str) -> Iterator[Span]:
    """Join neighbouring likely words into one span, and say whether it is a name, a worker or a place."""
    del language
    likely = spread(found, [_likely(token, chance) for token, chance in zip(found, chances(found), strict=True)])
    at = 0
    while at < len(found):
        if not likely[at]:
            at += 1
            continue
        end = at + 1
        while end < len(found) and likely[end] and _joined(text[found[end - 1].end : found[end].start]):
            end += 1
        yield Span(found[at].start, found[end - 1].end, _kind(found, at, end))
        at = end


def _likely(token: Token, chance: float) -> bool:
    """Doubt the tagger where the lists know better: much used words in lower case, great places, single letters."""
    about = known(token.word)
    if chance < _LIKELY or len(token.word) < _SHORTEST or places().get(token.word):
        return False
    return not (about.ordinary >= _MUCH_USED and not about.name and token.text.islower())


def _joined(gap: str) -> bool:
    return gap in {" ", "", "-", "\u00a0", ", ", "\n"}


def _kind(found: Sequence[Token], at: int, end: int) -> str:
    """Name the kind of a likely span from its words and the words before it."""
    if any(token.word[0].isdigit() or token.word in CUES for token in found[at:end]):
        return "ADDRESS"
    if role_of(found, at):
        return "WORKER"
    before = found[at - 1].word if at else ""
    if before in _PLACE_LEADS and known(found[at].word).first < 2 and not places().get(found[at].word):
        return "PLACE_SPECIFIC"
    return "PERSON"
