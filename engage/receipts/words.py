"""Make a receipt's four words, and the hash by which they are recognised."""

import re
import unicodedata
from functools import cache, partial
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from xkcdpass import xkcd_password

from engage.shared import crypto

WORDS = 4
SALT = b"engage receipt"
# A millisecond and 1 MiB for each guess; the HMAC key outside the database carries the rest. Who guesses on a graphics
# card waits for its memory: four times as long as with the scrypt of older keys, which takes a page twice as long.
ARGON2ID = partial(hash_secret_raw, time_cost=2, memory_cost=2**10, parallelism=1, hash_len=32, type=Type.ID)
SCRYPT = {"n": 2**10, "r": 8, "p": 1, "length": 32}
UNKIND = Path(__file__).with_name("unkind.txt")  # words of the long list that a child should not meet on a receipt


@cache
def word_list() -> tuple[str, ...]:
    """Give the words receipts are made of: the long list of a kept package, less what is unkind to meet."""
    unkind = frozenset(UNKIND.read_text("utf-8").split())
    every = xkcd_password.generate_wordlist(
        wordfile=xkcd_password.locate_wordfile("eff-long"), min_length=3, max_length=8
    )
    return tuple(sorted(word for word in set(every) if word.isalpha() and word not in unkind))


def issue(secret: str) -> tuple[str, ...]:
    """Give the four words of one sitting; the same secret always gives the same words."""
    number = int.from_bytes(crypto.keyed("receipt words", secret.encode()), "big")
    words = []
    for _ in range(WORDS):
        number, place = divmod(number, len(word_list()))
        words.append(word_list()[place])
    return tuple(words)


def hashed(typed: str | tuple[str, ...]) -> bytes:
    """Give the hash by which typed words are recognised, however they were spaced or written."""
    words = typed if isinstance(typed, tuple) else tuple(split(typed))
    message = crypto.keyed("receipt hash", " ".join(words).encode())
    if crypto.hashes_receipts_by_argon2id():
        return ARGON2ID(message, SALT)
    return Scrypt(salt=SALT, **SCRYPT).derive(message)  # an eighth faster than Python's own


def without_receipt(typed: str, *, but: str) -> str:
    """Give what was typed without any word that a receipt may hold, those in `but` apart."""
    kept, listed = split(but), frozenset(word_list())
    plain = unicodedata.normalize("NFKC", typed)
    return re.sub(
        r"[a-z]+", lambda w: "…" if w[0].casefold() in listed - set(kept) else w[0], plain, flags=re.IGNORECASE
    )


def split(typed: str) -> list[str]:
    """Cut what was typed into words: any case, any punctuation between."""
    plain = unicodedata.normalize("NFKC", typed).casefold()
    return re.findall(r"[a-z]+", plain)
