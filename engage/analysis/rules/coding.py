"""Coding many answers: which key is which theme, what an answer had before, whom a second person reads again."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import ceil

KEYS = "1234567890abcdefghijklmoqrtvwxyz"  # n, s, p and u are taken: none, skip, previous, undo
FEWEST_TO_LEARN = 10  # coded answers, from which the model can learn anything
FIRST_LEARNT = 20  # the model learns by itself at this many, and then again
EVERY = 50  # so many coded answers later
SECOND_SHARE = 0.1
FEWEST_SECOND = 30  # answers coded twice, below which an agreement is mostly luck
TURNS = 200  # answers that the model puts in order at once
LAST_TURN = 1_000_000_000  # the turn of an answer that says nothing: after those that have none
REASONS = 3


@dataclass(frozen=True)
class Decision:
    """A coding as it stood: `by` None is the model's suggestion, `because` the places of the words behind it."""

    theme_id: int
    by: int | None
    refused: bool
    closeness: float
    because: str = ""


def keys_of(themes: Iterable[tuple[int, str | None]]) -> dict[int, str]:
    """Give each theme in use (id, the key it was given) a key, in the order of the frame; "" once they run out.

    A key that somebody gave stays; a theme without one, or with another's, takes the next that is free. One that got
    none because they had run out ("") stays without: a key that another leaves does not move to it by itself.
    """
    found = sorted(themes)
    taken: dict[str, int] = {}
    for theme_id, key in found:
        if key and key in KEYS:
            taken.setdefault(key, theme_id)
    free = iter([key for key in KEYS if key not in taken])
    own = {theme_id: key for key, theme_id in taken.items()}
    keys = {theme_id: own.get(theme_id) or ("" if key == "" else next(free, "")) for theme_id, key in found}
    order = {key: place for place, key in enumerate(KEYS)}
    return dict(sorted(keys.items(), key=lambda pair: (order.get(pair[1], len(KEYS)), pair[0])))


def sample_size(coded: int) -> int:
    """How many of the coded answers a second person codes too: a tenth, and at least thirty."""
    return max(FEWEST_SECOND, ceil(SECOND_SHARE * coded))


def learns_now(coded: int) -> bool:
    """Say whether the model should learn again by itself, after so many coded answers."""
    return coded == FIRST_LEARNT or (coded > 0 and coded % EVERY == 0)


def written_down(decisions: Iterable[Decision]) -> str:
    """Write decisions in a line each, to be taken back to later."""
    return "\n".join(
        f"{one.theme_id},{one.by or ''},{int(one.refused)},{one.closeness!r},{one.because}" for one in decisions
    )


def read_back(lines: str) -> tuple[Decision, ...]:
    """Read what `written_down` wrote."""
    cells = [line.split(",") for line in lines.splitlines()]
    return tuple(
        Decision(int(theme_id), int(by) if by else None, refused == "1", float(closeness), because)
        for theme_id, by, refused, closeness, because in cells
    )


def places_of(reasons: Iterable[tuple[str, float]], words: str) -> str:
    """Where the words behind a suggestion stand in an answer: their places, and not the words, are what is kept."""
    said = [bare(word) for word in words.split()]
    found = [said.index(word) for word, _weight in reasons if word and word in said]
    return " ".join(str(place) for place in dict.fromkeys(found))


def words_at(places: str | None, words: str) -> tuple[str, ...]:
    """The words at these places of an answer, each once."""
    said = [bare(word) for word in words.split()]
    found = [said[int(place)] for place in (places or "").split() if int(place) < len(said)]
    return tuple(dict.fromkeys(word for word in found if word))


def bare(word: str) -> str:
    """A word without the signs around it."""
    return word.strip(".,!?;:\"'()")


def trail_of(typed: str, *, longest: int) -> tuple[str, ...]:
    """Read which answers somebody went through, the last one last; what is no answer's id is dropped."""
    ids = [one for one in typed.split(",") if len(one) == 32 and all(c in "0123456789abcdef" for c in one)]  # noqa: PLR2004
    return tuple(dict.fromkeys(reversed(ids)))[:longest][::-1]


def differs(first: Collection[int], second: Collection[int]) -> bool:
    """Say whether two people gave an answer different themes."""
    return set(first) != set(second)


def sampled(keys: Sequence[bytes]) -> set[bytes]:
    """The coded answers that a second person reads: the first by their random keys, so that nobody chose them."""
    return set(sorted(keys)[: sample_size(len(keys))])
