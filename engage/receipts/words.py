"""Make a receipt's four words, and the hash by which they are recognised."""

import hashlib
import re
import unicodedata
from functools import cache

from xkcdpass import xkcd_password

from engage.shared import crypto

WORDS = 4
COST = {"n": 2**10, "r": 8, "p": 1, "dklen": 32}  # about 3 ms; the HMAC key outside the database carries the rest
SALT = b"engage receipt"
NOT_FOR_CHILDREN = frozenset(
    [
        "abdomen",
        "ablaze",
        "anguish",
        "bloated",
        "bloating",
        "bondless",
        "breath",
        "brewery",
        "casino",
        "chaste",
        "clot",
        "coffin",
        "crudely",
        "cruelly",
        "cruelness",
        "crummy",
        "deadbeat",
        "deadly",
        "deadness",
        "deadpan",
        "deceased",
        "decay",
        "defiling",
        "degraded",
        "depraved",
        "deprive",
        "derail",
        "doomsday",
        "dreadful",
        "drunk",
        "dumb",
        "dwindle",
        "evil",
        "excretion",
        "exorcism",
        "explode",
        "fatality",
        "fatigue",
        "flogging",
        "gag",
        "germproof",
        "gory",
        "groin",
        "grope",
        "grunt",
        "gut",
        "hatred",
        "headless",
        "herbicide",
        "hurt",
        "immorally",
        "impale",
        "impure",
        "injure",
        "irate",
        "jailbreak",
        "jailer",
        "kinship",
        "lethal",
        "lunacy",
        "maggot",
        "malice",
        "mangle",
        "maternity",
        "mortality",
        "mortuary",
        "mourner",
        "nauseous",
        "nursing",
        "onslaught",
        "overdose",
        "overkill",
        "pacifier",
        "penalty",
        "perish",
        "persecute",
        "poison",
        "prison",
        "puberty",
        "pubic",
        "punisher",
        "punk",
        "rabid",
        "raving",
        "regress",
        "reprisal",
        "rejoice",
        "repulsive",
        "roadkill",
        "savage",
        "scabby",
        "scam",
        "scold",
        "sedate",
        "sedation",
        "sedative",
        "shame",
        "shameful",
        "shank",
        "shrapnel",
        "shun",
        "sicken",
        "sickness",
        "sinister",
        "skinless",
        "skull",
        "slain",
        "slander",
        "slaw",
        "slimy",
        "sloppily",
        "smuggler",
        "spinster",
        "stab",
        "stalling",
        "starless",
        "starve",
        "stench",
        "stinger",
        "stinking",
        "stoning",
        "strangle",
        "suffocate",
        "suffering",
        "suffice",
        "sulk",
        "swear",
        "tarnish",
        "thong",
        "threaten",
        "torment",
        "tragedy",
        "tragic",
        "trauma",
        "ugly",
        "unclean",
        "undead",
        "undertake",
        "undertaker",
        "unholy",
        "unkind",
        "unloved",
        "untouched",
        "urchin",
        "uterus",
        "vagrancy",
        "violate",
        "violation",
        "violator",
        "viper",
        "virus",
        "vomit",
        "wasted",
        "widow",
        "wince",
        "wolf",
        "wound",
        "wreckage",
        "wrongful",
    ]
)


@cache
def word_list() -> tuple[str, ...]:
    """Give the words receipts are made of: the long list of a kept package, less what is unkind to meet."""
    every = xkcd_password.generate_wordlist(
        wordfile=xkcd_password.locate_wordfile("eff-long"), min_length=3, max_length=8
    )
    return tuple(sorted(word for word in set(every) if word.isalpha() and word not in NOT_FOR_CHILDREN))


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
    return hashlib.scrypt(message, salt=SALT, **COST)


def split(typed: str) -> list[str]:
    """Cut what was typed into words: any case, any punctuation between."""
    plain = unicodedata.normalize("NFKC", typed).casefold()
    return re.findall(r"[a-z]+", plain)
