"""What is typed to get in: the code of one card, or the number spoken to a whole group."""

import re
import unicodedata
from dataclasses import dataclass

ALPHABET = "bcdfghjkmnpqrstvwxyz23456789"  # no vowels, and nothing that looks like another: a code never spells a word
LENGTH = 8  # 28^8 codes: ten thousand guesses against ten thousand cards hit with a chance of 3 in 10,000
SHEET = 24  # cards on one page of A4
MOST_SHEETS = 20
CARD, PIN = "card", "pin"


@dataclass(frozen=True)
class Typed:
    """What somebody typed, as it is looked up; `kind` is a card, a spoken number, or nothing that could be either."""

    kind: str
    code: str


def read_typed(typed: str) -> Typed:
    """Read a code or number however it was spaced or written, in the digits of any keyboard."""
    plain = unicodedata.normalize("NFKC", typed).casefold()
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in plain)
    code = re.sub(r"[^a-z0-9]", "", digits)
    if len(code) != LENGTH:
        return Typed("", code)
    if code.isdecimal():
        return Typed(PIN, code)
    return Typed(CARD if set(code) <= set(ALPHABET) else "", code)


def code_from(key: bytes) -> str:
    """Make one code out of 32 secret bytes; with a letter in it, so that it is never taken for a spoken number."""
    number = int.from_bytes(key, "big")
    letters = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    code = "".join(letters)
    return f"k{code[1:]}" if code.isdecimal() else code


def pin_from(key: bytes) -> str:
    """Make a spoken number of eight digits out of 32 secret bytes."""
    return f"{int.from_bytes(key, 'big') % 10**LENGTH:0{LENGTH}d}"


def spaced(code: str) -> str:
    """A card's code as it is printed, in two halves; a number in pairs, as it is said."""
    step = 2 if code.isdecimal() else 4
    return " ".join(code[at : at + step] for at in range(0, len(code), step))
