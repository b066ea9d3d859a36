"""Words are agreed as they were read: whoever decides sends along the mark of what stood on their page."""

import hashlib
import json

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
    words = [str(getattr(shown, name)) for name in WORDS[kind]]
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()


def check_as_read(read: str | None, kind: str, now: object) -> None:
    """Raise `NotOpen` unless `read` is the mark of the words of now; None is for who decides without a page."""
    if read is not None and read != mark_of(kind, now):
        raise NotOpen(N_("The words were changed: read them again, then decide."))
