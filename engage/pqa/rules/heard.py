"""Who was heard, against how many children and young people live here; no database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from engage.analysis.method.records import Cell
from engage.pqa.rules.files import read_rows

NEEDED = ("area", "item", "group", "words", "year", "people", "source")
LEAST = 0.5  # heard half as often as all others together, or less, is a gap
NOT_HEARD, SELDOM, HEARD, UNKNOWN = "not heard", "seldom heard", "heard", "cannot be said"
IN_WORDS = {
    NOT_HEARD: "Not heard: too few answered to show",
    SELDOM: "Heard half as often as all others together, or less",
    HEARD: "Heard",
    UNKNOWN: "Answered",
}


@dataclass(frozen=True)
class Population:
    """How many of a group live here, and who says so."""

    area: str
    item: str
    group: str
    words: str
    year: str
    people: int
    source: str


@dataclass(frozen=True)
class Gap:
    """Who looks after a group that was not heard, what they will do, and by when."""

    owner: str
    plan: str
    by_when: date


@dataclass(frozen=True)
class Heard:
    """One group: how many answered, how many live here, what follows, and who looks after it."""

    item: str
    group: str
    words: str
    answered: Cell | None
    here: Population | None
    standing: str
    gap: Gap | None

    @property
    def one_in(self) -> int | None:
        """One in how many of them answered, from rounded counts."""
        if self.here is None or self.answered is None or not self.answered.shown:
            return None
        return max(1, round(self.here.people / self.answered.shown))

    @property
    def is_gap(self) -> bool:
        return self.standing in (NOT_HEARD, SELDOM)

    @property
    def standing_words(self) -> str:
        return IN_WORDS[self.standing]


@dataclass(frozen=True)
class NewGap:
    """What somebody typed about a gap."""

    owner_id: int
    plan: str
    by_when: date


def hear(
    item: str,
    answered: Mapping[str, Cell],
    words: Mapping[str, str],
    here: Sequence[Population],
    gaps: Mapping[tuple[str, str], Gap],
) -> list[Heard]:
    """Hold each group of a question against how many live here; groups nobody of whom answered count too."""
    known = {one.group: one for one in here}
    groups = dict.fromkeys([*answered, *known])
    return [
        Heard(
            item,
            group,
            words.get(group) or known[group].words,
            answered.get(group),
            known.get(group),
            _standing(answered.get(group), known.get(group), _reach_of_others(group, answered, known)),
            gaps.get((item, group)),
        )
        for group in groups
    ]


def read_population(path: Path) -> Iterator[Population | str]:
    """Read a file of published numbers row by row; a row that cannot be used comes as a sentence. Raises `NotValid`."""
    return read_rows(path, NEEDED, _population)


def _population(row: dict[str, str]) -> Population:
    people = int(row["people"].replace(",", ""))
    if people < 1:
        raise ValueError(f"{people} is no number of people")
    empty = [name for name in ("item", "group", "source") if not row[name]]
    if empty:
        raise ValueError(f"it does not say its {' and its '.join(empty)}")
    return Population(row["area"], row["item"], row["group"], row["words"], row["year"], people, row["source"])


def _reach_of_others(this: str, answered: Mapping[str, Cell], known: Mapping[str, Population]) -> float | None:
    """What part of the others who live here answered, over the groups whose both numbers are known."""
    others = {group: cell.shown for group, cell in answered.items() if group != this and cell.shown}
    both = [(shown, known[group].people) for group, shown in others.items() if group in known]
    return sum(shown for shown, _ in both) / sum(people for _, people in both) if both else None


def _standing(answered: Cell | None, here: Population | None, reach: float | None) -> str:
    if answered is None or not answered.shown:
        return NOT_HEARD
    if here is None or reach is None:
        return UNKNOWN
    return SELDOM if answered.shown / here.people <= LEAST * reach else HEARD
