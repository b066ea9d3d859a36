"""Words are agreed as they were read: whoever decides sends along the mark of what stood on their page."""

import hashlib
import json
from collections.abc import Iterable

from engage.shared.errors import NotOpen
from engage.shared.words import N_

WORDS = {
    "briefing": ("title", "boxes"),
    "concern": ("title", "you_said", "topic", "promised_on", "sources"),
    "newsletter": ("words",),
    "update": ("we_did", "next_step", "next_by"),
}


def mark_of(kind: str, shown: object) -> str:
    """Give what changes with every word of a `kind` of `WORDS` that somebody decides about."""
    return mark_of_words(str(getattr(shown, name)) for name in WORDS[kind])


def mark_of_words(words: Iterable[str]) -> str:
    """Give what changes with each of these words."""
    return hashlib.sha256(json.dumps(list(words)).encode()).hexdigest()


def check_as_read(read: str | None, kind: str, now: object) -> None:
    """Raise `NotOpen` unless `read` is the mark of the words of now; None is for who decides without a page."""
    check_mark(read, mark_of(kind, now))


def check_mark(read: str | None, now: str) -> None:
    """Raise `NotOpen` unless the mark that was `read` is the one of now; None is for who decides without a page."""
    if read is not None and read != now:
        raise NotOpen(N_("The words were changed: read them again, then decide."))
