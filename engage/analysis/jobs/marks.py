"""The mark of true counts that went into a result: with our key, or hidden counts could be guessed until it fits."""

from typing import Any

from engage.analysis.rules.freezing import written
from engage.shared import crypto


def keyed_mark(inputs: Any) -> str:
    """Give the keyed hash of whatever JSON can hold, as 64 hexadecimal digits."""
    return crypto.keyed("what went into a result", written(inputs).encode()).hex()
