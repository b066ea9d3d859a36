"""Finds answers that say nothing but a cry ("pls help", two pictures); in a sentence the same words may not tell."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from engage.analysis.method.redaction.groups import group, groups
from engage.analysis.method.screening.phrases import Finder, Phrase
from engage.analysis.method.screening.wording import TYPING, plain_line

SIGNS = "screening/lists/signs.yaml"
CRY = "a cry for help"
MOST_WORDS = 12
TOLD = 3.0  # the weight from which a phrase of the other lists may stand in a cry
_SOFT = group("soft", TYPING)
# How a sign is drawn, and what stands between two.
_PLAIN = re.compile("[\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff\\s!?.…,*_~-]")


class Cries:
    """Knows the phrases that tell only where an answer says nothing else.

    Parameters
    ----------
    phrases : iterable of Phrase
        English ones.
    lines : iterable of str
        Whole answers in other languages.

    Examples
    --------
    >>> from engage.analysis.method.screening.phrases import parse
    >>> cries = Cries(parse("help me", CRY, 3, {}), ["pomocy"])
    >>> cries.whole("please help me".split(), ()), cries.whole("help me with maths".split(), ())
    (True, False)
    """

    def __init__(self, phrases: Iterable[Phrase], lines: Iterable[str]) -> None:
        self._finder = Finder(phrases)
        self._lines = frozenset(plain_line(line) for line in lines)

    def whole(self, words: Sequence[str | None], told: Iterable[int]) -> bool:
        """Say whether every word belongs to a cry, or to what other lists find beside one.

        Parameters
        ----------
        words : sequence of str or None
            Plain words of one answer; None for words of an everyday saying.
        told : iterable of int
            Places of words that the heaviest phrases of the other lists stand on.

        Returns
        -------
        whole : bool
            False for a long answer, and for one that holds only soft words ("please", "i", "lol").
        """
        if len(words) > MOST_WORDS:
            return False
        within = {*told, *(at for found in self._finder.find(words) for at in found.at)}
        return bool(within) and all(at in within or word in _SOFT for at, word in enumerate(words))

    def abroad(self, text: str) -> bool:
        """Say whether a text is a cry in another language.

        Parameters
        ----------
        text : str
            One answer.

        Returns
        -------
        cry : bool
            Whether it is one of the lines, whatever its capitals and accents.
        """
        return plain_line(text) in self._lines


def drawn(text: str) -> bool:
    """Say whether an answer without words cries in pictures.

    Parameters
    ----------
    text : str
        One answer.

    Returns
    -------
    cry : bool
        Whether it calls for help, shows a weapon, blood or a grave and nothing else, or shows harm beside grief.

    Examples
    --------
    >>> drawn("🔪😭"), drawn("🔪🍕"), drawn("😭"), drawn("👊😭"), drawn("a 🔪")
    (True, False, False, True, False)
    """
    signs = frozenset(_PLAIN.sub("", text))
    known = _signs()
    if not signs & known["any"] or any(sign.isalnum() for sign in signs) or signs & known["play"]:
        return False
    if signs & known["calls"] or signs <= known["harm"]:
        return True
    return bool(signs & known["grief"] and signs & (known["harm"] | known["hints"]))


@cache
def _signs() -> dict[str, frozenset[str]]:
    read = {name: frozenset(signs.split()) for name, signs in groups(SIGNS).items()}
    return {**read, "any": read["calls"] | read["harm"] | read["hints"]}
