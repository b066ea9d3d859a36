"""Finds personal details and puts a readable word in the place of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from engage.analysis.method.redaction.bridging import whole_addresses
from engage.analysis.method.redaction.lexicon import known
from engage.analysis.method.redaction.patterns import FINDERS
from engage.analysis.method.redaction.people import people
from engage.analysis.method.redaction.sites import sites
from engage.analysis.method.redaction.spans import Span, without_overlap
from engage.analysis.method.redaction.tokens import tokens

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
    spans = [span._replace(kind=span.kind.rstrip("?")) for span in spans if not _everyday_handle(span, text)]
    spans += sites(found)
    spans += people(found, text, language=language)
    kept = whole_addresses(without_overlap(spans, len(text)), text)
    return Redacted(_replaced(text, kept), tuple((span.start, span.end, span.kind) for span in kept))


def _everyday_handle(span: Span, text: str) -> bool:
    """Leave out "my insta is private": the word after it is an everyday one."""
    return span.kind == "HANDLE?" and known(text[span.start : span.end].lower()).ordinary > 0


def _replaced(text: str, kept: Sequence[Span]) -> str:
    pieces, at = [], 0
    for span in kept:
        pieces += [text[at : span.start], PLACEHOLDERS[span.kind]]
        at = span.end
    return "".join([*pieces, text[at:]])
