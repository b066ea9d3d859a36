"""Clean what was typed, without changing what it says."""

import re
import unicodedata

BIDI_CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they reorder what others read on a page
CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
SURROGATES = "\ud800-\udfff"
NONCHARACTERS = "\ufdd0-\ufdef\ufffe\uffff"
UNWANTED = re.compile(f"[{CONTROLS}{BIDI_CONTROLS}{SURROGATES}{NONCHARACTERS}]")


def clean(typed: str) -> str:
    """Take out controls, bidi marks and broken characters; keep lines, emoji and every letter."""
    if typed.isascii() and typed.isprintable():  # most of what is sent: nothing to take out
        return typed.strip()
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", UNWANTED.sub("", lines)).strip()


def plain_digits(typed: str) -> str:
    """Write the digits of any keyboard (٤٢, ۴۲, ૪૨) as the ones that are counted with (42)."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in typed)


OUTWARD = r"[A-Z]{1,2}[0-9][A-Z0-9]?"
WHOLE_POSTCODE = re.compile(f"({OUTWARD})[0-9][A-Z]{{2}}")
FIRST_HALF = re.compile(OUTWARD)


def first_half(typed: str) -> str | None:
    """The first half of a British postcode such as "N12", without what comes after; None if it is no postcode."""
    parts = plain_digits(clean(typed)).upper().split()
    if whole := WHOLE_POSTCODE.fullmatch("".join(parts)):
        return whole[1]
    return parts[0] if parts and FIRST_HALF.fullmatch(parts[0]) else None
