"""When a translation still says what the English says."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

MISSING = "missing"
STANDINGS = {
    MISSING: "not translated",
    "behind": "the English changed since: the public page shows the English",
    "unchecked": "not yet checked by a speaker",
    "checked": "checked by a speaker",
}


@dataclass(frozen=True)
class Typed:
    """What was typed for each place, and the places whose words still say the same although the English changed."""

    words: Mapping[str, str]
    still: Collection[str] = ()


def fingerprint(english: str) -> str:
    """Give what changes with every word of a text, spaces apart."""
    return hashlib.sha256(" ".join(english.split()).encode("utf-8", "replace")).hexdigest()


def lags(of: str, english: str) -> bool:
    """Say whether a translation was made from other words than those of today."""
    return of != fingerprint(english)


def standing(of: str, english: str, *, checked: bool) -> str:
    """Say how a translation stands: behind the English, unchecked by a speaker, or checked."""
    if lags(of, english):
        return "behind"
    return "checked" if checked else "unchecked"
