"""What of row by row answers stays hidden, so that nobody can be picked out by what is known of them.

Two rules, with the minimum group of the wave. Of the questions about oneself each row shows as much as at least that
many rows share (k-anonymity by suppression: Sweeney, 2002, International Journal of Uncertainty 10(5), 571-588). Of
every other question an answer that fewer gave is hidden, with the next rarest while those hidden are few themselves.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engage.surveys.rules.answer_files.columns import HIDDEN, NOT_PLACED, NOT_TICKED, Column
from engage.surveys.rules.conditions import MISSING_CODES

Groups = tuple[str, ...]


def kept_columns(columns: Sequence[Column]) -> list[Column]:
    """The columns of a protected file: nothing sensitive, no area, no words, and nothing asked because of these."""
    out = {column.item for column in columns if column.sensitive or column.area}
    kept = []
    for column in columns:
        if column.follows & out:
            out.add(column.item)
        if column.item not in out and not column.text:
            kept.append(column)
    return kept


def rare(counts: Mapping[str, int], minimum: int) -> frozenset[str]:
    """The answers of one column to hide: given by few, and enough others that the hidden are not few themselves."""
    hidden: set[str] = set()
    together = 0
    for code, count in sorted(counts.items(), key=lambda one: (one[1], one[0])):
        if count and (count < minimum or 0 < together < minimum):
            hidden.add(code)
            together += count
    return frozenset(hidden)


def rare_answers(
    columns: Sequence[Column],
    counts: Mapping[str, Mapping[str, int]],
    people: Mapping[str, int],
    *,
    total: int,
    minimum: int,
) -> dict[str, frozenset[str]]:
    """The answers to hide, by column: `counts` by item and code, `people` who chose any, `total` who sent it."""
    found = {}
    for column in columns:
        if not column.about:
            chosen = dict(counts.get(column.item, {}))
            answered = people.get(column.item, 0)
            missing = {code: chosen.pop(code, 0) for code in MISSING_CODES}
            missing["not_asked"] += total - answered - sum(missing.values())
            found[column.name] = rare(_given(column, chosen, answered) | missing, minimum)
    return found


def _given(column: Column, chosen: Mapping[str, int], answered: int) -> dict[str, int]:
    """How many gave each answer as the column tells it."""
    if column.option is None:
        given: Counter[str] = Counter()
        for code, count in chosen.items():
            given[column.seen([code])] += count
        return dict(given)
    values = [f"{place}.{column.option}" for place in range(1, column.places + 1)] or [column.option]
    told = {column.seen([value]): chosen.get(value, 0) for value in values}
    return told | {NOT_PLACED if column.places else NOT_TICKED: answered - sum(told.values())}


@dataclass
class Sharing:
    """What each group of people alike may show: as many of its facts, from the first on, as enough people share."""

    minimum: int
    shown: dict[Groups, Groups] = field(default_factory=dict)

    def split(self, counts: Mapping[Groups, int]) -> "Sharing":
        """Settle what each group shows; `counts` is how many people are in each. Raises `ValueError` for too few."""
        if counts and sum(counts.values()) < self.minimum:
            raise ValueError
        self._split(counts, 0)
        return self

    def _split(self, counts: Mapping[Groups, int], at: int) -> None:
        width = len(next(iter(counts), ()))
        if at == width:
            self.shown |= {group: group for group in counts}
            return
        sizes: Counter[str] = Counter()
        for group, count in counts.items():
            sizes[group[at]] += count
        hidden = rare(sizes, self.minimum)
        for code in set(sizes) - hidden:
            self._split({group: count for group, count in counts.items() if group[at] == code}, at + 1)
        for group in counts:
            if group[at] in hidden:
                self.shown[group] = (*group[:at], *([HIDDEN] * (width - at)))


@dataclass(frozen=True)
class Protection:
    """What each row may show: `rare` are the answers to hide by column, `sharing` what each group of people shows."""

    columns: tuple[Column, ...]
    sharing: Sharing
    rare: Mapping[str, frozenset[str]]

    def row(self, codes: Sequence[str]) -> list[str]:
        """The same row with what must stay hidden hidden, and with it what was asked because of that."""
        places = [place for place, column in enumerate(self.columns) if column.about]
        shown = self.sharing.shown[tuple(codes[place] for place in places)]
        facts = dict(zip(places, shown, strict=True))
        out = {self.columns[place].item for place, code in facts.items() if code == HIDDEN}
        return [facts.get(place) or self._code(place, code, out) for place, code in enumerate(codes)]

    def _code(self, place: int, code: str, out: set[str]) -> str:
        column = self.columns[place]
        return HIDDEN if code in self.rare.get(column.name, ()) or column.follows & out else code
