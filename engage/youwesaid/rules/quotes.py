"""When a young person's own words may stand on a public page, and when they are told in ours."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from engage.shared.errors import NotValid
from engage.shared.words import N_

BASE = 20  # said by fewer, their own words could point to one of them
ROUNDING = 2  # a shown count may be this much above the true one
A_PIECE = 4  # words in a row; as many of theirs in ours are theirs


@dataclass(frozen=True)
class NewQuote:
    """A quote as somebody chooses it: one of the checked answers, or told in our words where that is empty.

    `permission` says how the young person gave it.
    """

    picked: str
    told: str
    permission: str

    @property
    def own_words(self) -> bool:
        """True for their words, False for ours."""
        return bool(self.picked)


@dataclass(frozen=True)
class Said:
    """What a concern rests on: how many said it at least, and the checked answers that may be read."""

    base: int
    answers: tuple[str, ...]


def certain_base(counts: Collection[tuple[str, int]]) -> int:
    """Give how many said it at least, from the rounded counts of each place; the largest theme of a place counts."""
    most: dict[str, int] = {}
    for place, shown in counts:
        most[place] = max(most.get(place, 0), shown - ROUNDING)
    return sum(max(count, 0) for count in most.values())


def check_quote(new: NewQuote, said: Said) -> None:
    """Raise `NotValid`, with the way forward, for words that may not stand there."""
    if bool(new.picked) == bool(new.told):
        raise NotValid(N_("Choose one of the answers, or tell it in your own words: one of the two."))
    if new.own_words:
        _check_own_words(new, said)
    elif any(_shares_words(new.told, answer) for answer in said.answers):
        raise NotValid(N_("Four words in a row are theirs. Tell it in your own words, or ask to quote them."))


def _check_own_words(new: NewQuote, said: Said) -> None:
    if new.picked not in said.answers:
        raise NotValid(N_("This answer does not stand under the concern any more. Choose another one."))
    if said.base < BASE:
        raise NotValid(N_("Fewer than 20 are sure to have said this: tell it in your own words instead."))
    if not new.permission:
        raise NotValid(N_("Say how they gave permission, or tell it in your own words."))


def _shares_words(ours: str, theirs: str) -> bool:
    ours_said, theirs_said = _runs(ours), _runs(theirs)
    return bool(ours_said & theirs_said)


def _runs(words: str) -> set[tuple[str, ...]]:
    said = re.findall(r"\w+", words.casefold())
    return {tuple(said[place : place + A_PIECE]) for place in range(len(said) - A_PIECE + 1)}
