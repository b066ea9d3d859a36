"""How somebody is reached: an e-mail address or a phone number, written the same way each time."""

import re
from unicodedata import decimal

from engage.shared.errors import NotValid
from engage.shared.words import N_

EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")
NUMBER = re.compile(r"\+?[0-9]{10,15}")
BETWEEN_DIGITS = re.compile(r"[\s().\-/]|^tel:")
HOME = "+44"
LONGEST = 160


def reach(typed: str) -> str:
    """Give an address in small letters, or a number with its country, "" for nothing. Raises `NotValid` for others."""
    words = typed.strip()
    if not words:
        return ""
    if "@" in words:
        return _address(words)
    digits = "".join(str(decimal(sign)) if sign.isdecimal() else sign for sign in BETWEEN_DIGITS.sub("", words))
    if NUMBER.fullmatch(digits):
        return _with_country(digits)
    raise NotValid(N_("Type an e-mail address, like name@example.org, or a phone number, like 07700 900123"))


def _address(words: str) -> str:
    if len(words) > LONGEST or not EMAIL.fullmatch(words):
        raise NotValid(N_("Check the e-mail address: it looks like name@example.org"))
    return words.lower()


def _with_country(digits: str) -> str:
    if digits.startswith("+"):
        return digits
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    if digits.startswith("0"):
        return f"{HOME}{digits[1:]}"
    raise NotValid(N_("Check the phone number: start it with 0, or with + and the country"))
