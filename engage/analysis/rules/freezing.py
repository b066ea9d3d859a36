"""Freeze what was found: one way of writing it down, one fingerprint, and no reading of what was changed since."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engage.shared.errors import EngageError
from engage.shared.words import N_


class Changed(EngageError):
    """A frozen result is not what it was when it was kept."""

    status = 409
    heading = N_("These results are not as they were frozen")


@dataclass(frozen=True)
class Origin:
    """How a frozen result was computed; `inputs` is the fingerprint of what went in, empty for results of old."""

    made_at: datetime
    method: str
    seed: int
    inputs: str
    sha256: str


def written(body: Any) -> str:
    """Write a body down the one way that its fingerprint is taken of."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(text: str) -> str:
    """Give the SHA-256 of a text, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def fingerprint_of(inputs: Any) -> str:
    """Give the fingerprint of whatever JSON can hold."""
    return fingerprint(written(inputs))


def is_intact(text: str, sha256: str) -> bool:
    """True while a body is the one that was frozen."""
    return fingerprint(text) == sha256


def thawed(text: str, sha256: str) -> dict[str, Any]:
    """Read a body back. Raises `Changed` when it is not the one that was frozen."""
    if not is_intact(text, sha256):
        raise Changed(
            N_(
                "Somebody or something changed them in the database afterwards, so they are not shown. "
                "Tell your administrator; a backup from before has them as they were."
            )
        )
    return dict(json.loads(text))
