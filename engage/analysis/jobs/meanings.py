"""A sentence model beside the words, where one is installed and switched on: it is asked once for each answer."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from flask import current_app

from engage.analysis.actions.meanings import keep_meanings, mark_used
from engage.analysis.jobs.reading import batched
from engage.analysis.method.meaning import Meaning, NoModel, Vectors, key_of
from engage.analysis.method.themes import words
from engage.analysis.queries.meanings import known_meanings
from engage.shared import crypto
from engage.shared.clock import today
from engage.shared.problems import report

PURPOSE = "meaning"
KEPT_AS = np.float16  # a thousandth is near enough for a direction, and half the room


@dataclass(frozen=True)
class Placing:
    """A model, and what it need not be asked again: `before` are the keys that are kept already."""

    meaning: Meaning
    before: frozenset[bytes]

    def keep(self) -> None:
        """Keep what was placed since; the caller commits."""
        known = self.meaning.known
        for some in batched(sorted(self.before)):
            mark_used([_kept_key(key) for key in some], today=today())
        for some in batched(sorted(known.keys() - self.before)):
            keep_meanings({_kept_key(key): _to_text(known[key]) for key in some}, today=today())


def placing(texts: Sequence[str]) -> Placing | None:
    """Give the model for these texts with what is known of them; None where none is switched on or none is here."""
    where = current_app.extensions["settings"].embeddings
    model = _model(where) if where else None
    if model is None:
        return None
    keys = {key_of(plain) for text in texts if (plain := words.key_of(text)) is not None}
    known: dict[bytes, Vectors] = {}
    for some in batched(sorted(keys)):
        found = known_meanings([_kept_key(key) for key in some])
        known |= {key: _from_text(found[_kept_key(key)]) for key in some if _kept_key(key) in found}
    return Placing(Meaning(model.encode, known), frozenset(known))


@cache
def _model(where: str) -> Meaning | None:
    """Load it once a process; without it themes are found by words alone, and `engage doctor` says what is missing."""
    try:
        return Meaning.load(where)
    except NoModel as error:
        report("the sentence model", error)
        return None


def _kept_key(key: bytes) -> bytes:
    return crypto.keyed(PURPOSE, key)


def _to_text(row: Vectors) -> str:
    return base64.b64encode(row.astype(KEPT_AS).tobytes()).decode()


def _from_text(kept: str) -> Vectors:
    return np.frombuffer(base64.b64decode(kept), dtype=KEPT_AS).astype(np.float32)
