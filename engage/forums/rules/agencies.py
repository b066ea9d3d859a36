"""Agencies: which one on the list a typed name means, and on whose count of the cap it goes."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

from engage.forums.rules.places import agency_key
from engage.shared.errors import NotValid

ANOTHER = "*"  # the choice "another organisation", and the one count that all who are on no list share
ALIKE = 0.78  # the part of the letters, 0 to 1, from which two names read like one
ENDS_LATER = 2  # letters by which the one written more closely may be the shorter; what follows is an addition
SAY_NOTHING = frozenset({"the", "of", "and", "for", "in", "at"})


def on_list(typed: str, listed: Iterable[str]) -> str | None:
    """Give the listed name that was typed, whatever its capitals and spaces; None where there is none."""
    return next((name for name in listed if agency_key(name) == agency_key(typed)), None)


def meant(typed: str, listed: Iterable[str]) -> list[str]:
    """Give the listed names that somebody may have meant who typed one that is not listed, the likest first."""
    found = [(_likeness(typed, name), name) for name in listed]
    return [name for likeness, name in sorted(found, key=lambda one: (-one[0], one[1])) if likeness >= ALIKE]


def counted_as(typed: str, listed: Iterable[str]) -> str:
    """Give the count that somebody of this agency goes on: no spelling opens one of its own.

    A listed name has its own; what reads like one goes on that one's, whatever the reader says; all else shares one.
    """
    names = list(listed)
    name = on_list(typed, names) or next(iter(meant(typed, names)), None)
    return agency_key(name) if name else ANOTHER


def check_name(name: str) -> None:
    """Raise `NotValid` for what is no name to put on the list."""
    if not _words(name):
        raise NotValid("Type the name of the agency")


def _likeness(one: str, other: str) -> float:
    short, long = sorted((_words(one), _words(other)), key=len)
    if not short:
        return 0.0
    if "".join(short) == "".join(word[0] for word in long):
        return 1.0
    by_words = min(max(_ratio(word, theirs) for theirs in long) for word in short)
    letters = "".join(short)
    return max(by_words, _ratio(letters, "".join(long)[: len(letters) + ENDS_LATER]))


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _words(name: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return [word for word in re.findall(r"\w+", plain) if word not in SAY_NOTHING]
