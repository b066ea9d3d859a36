"""Who is asked what: the path through a survey, and the order of shuffled options, as the phone works them out too."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engage.surveys.rules.conditions import Condition, Given, holds, is_answered
from engage.surveys.rules.definition import Definition, Item, Kind

__all__ = ["Condition", "Given", "chosen_rows", "holds", "is_answered", "options_shown", "path", "shuffled"]

WORD = 0xFFFFFFFF  # everything here is 32 bits and unsigned, so that JavaScript gives the same with Math.imul and >>> 0
FNV_START, FNV_PRIME = 0x811C9DC5, 0x01000193
MULBERRY_STEP = 0x6D2B79F5


def path(definition: Definition, answers: Given, seed: int) -> list[str]:
    """List the codes of the items that this person is asked, in order.

    An answer to an item that is not on the path counts for no later condition. A consent of "no" ends the path.
    """
    left_out = _rows_left_out(definition, seed)
    kept: dict[str, Sequence[str]] = {}
    codes: list[str] = []
    for item in definition.items:
        if item.code in left_out or not (item.show_if is None or holds(item.show_if, kept)):
            continue
        codes.append(item.code)
        kept[item.code] = answers.get(item.code, ())
        if item.kind is Kind.CONSENT and list(kept[item.code]) == ["no"]:
            break
    return codes


def _rows_left_out(definition: Definition, seed: int) -> set[str]:
    left_out: set[str] = set()
    for rotation in definition.rotations:
        left_out |= set(rotation.rows) - set(chosen_rows(rotation.rows, rotation.show, seed, rotation.code))
    return left_out


def chosen_rows(rows: Sequence[str], show: int, seed: int, code: str) -> list[str]:
    """Choose `show` of the rows by the sitting's seed and give them in their own order."""
    chosen = shuffled(rows, seed, code)[:show]
    return [row for row in rows if row in chosen]


def options_shown(item: Item, seed: int) -> list[str]:
    """The option codes in the order this person sees: shuffled where the item says so, `keep_last` at the end.

    What is shuffled is put in order by code first: so the phone, which may meet them shuffled already, finds the same.
    """
    if not item.shuffle:
        return list(item.option_codes)
    moving = sorted(code for code in item.option_codes if code not in item.keep_last)
    return shuffled(moving, seed, item.code) + [code for code in item.option_codes if code in item.keep_last]


def shuffled(options: Sequence[str], seed: int, item_code: str) -> list[str]:
    """Shuffle `options` the same way on every machine.

    The seed (unsigned, 32 bits) XOR the FNV-1a hash of the item's code (its ASCII bytes) starts a mulberry32
    generator. Fisher-Yates goes from the last place down to the second: for place i, draw a 32-bit number r, take
    j = floor(r * (i + 1) / 2**32), and swap places i and j.
    """
    numbers = _Mulberry((seed ^ _fnv_1a(item_code)) & WORD)
    order = list(options)
    for place, number in zip(range(len(order) - 1, 0, -1), numbers.draw(), strict=False):
        other = number * (place + 1) >> 32
        order[place], order[other] = order[other], order[place]
    return order


def _fnv_1a(text: str) -> int:
    number = FNV_START
    for byte in text.encode("ascii"):
        number = (number ^ byte) * FNV_PRIME & WORD
    return number


@dataclass
class _Mulberry:
    """The mulberry32 generator (Tommy Ettinger, 2017, public domain)."""

    state: int

    def draw(self) -> Iterator[int]:
        while True:
            self.state = self.state + MULBERRY_STEP & WORD
            mixed = (self.state ^ self.state >> 15) * (1 | self.state) & WORD
            mixed = (mixed + ((mixed ^ mixed >> 7) * (61 | mixed) & WORD) & WORD) ^ mixed
            yield mixed ^ mixed >> 14
