"""What of row by row answers stays hidden, so that nobody can be picked out by what is known of them.

Three rules. Of the questions about oneself each row shows as much as at least twenty rows share (k-anonymity by
suppression: Sweeney, 2002, International Journal of Uncertainty 10(5), 571-588), for no percentage stands on fewer. Of
each such group up to four rows are left out, so that its size is a multiple of five, as every published count is. Of
every other question an answer that fewer than the wave's minimum of a group gave is hidden there, with the next rarest
while those hidden are few themselves. So no table of one answer by facts about oneself shows fewer than the minimum.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from engage.surveys.rules.answer_files.columns import HIDDEN, Column

Groups = tuple[str, ...]
BASE = 20  # people; percentages on fewer are shown to nobody
NEAREST = 5  # what published counts are rounded to


def kept_columns(columns: Sequence[Column]) -> list[Column]:
    """The columns of a protected file: nothing sensitive, no area, nothing of words, nothing asked because of these."""
    out = {column.item for column in columns if column.sensitive or column.area}
    kept = []
    for column in columns:
        if column.follows & out:
            out.add(column.item)
        if column.item not in out and not column.text and not column.of_words:
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


Own = tuple[int, ...]  # the codes of the facts about one person
Codes = tuple[tuple[str, ...], ...]
Rows = Sequence[bytes]  # a cell for each column: the place of the code in the column's own list
Cell = Literal["B", "H"]  # a byte, or two: as arrays call what they hold
ONE_BYTE: Cell = "B"
TWO_BYTES: Cell = "H"
MOST_IN_A_BYTE = 256


def cell_of(codes: Codes) -> Cell:
    """How large the cells of rows are: a byte, but two where a column has more codes than a byte can tell."""
    return TWO_BYTES if any(len(each) > MOST_IN_A_BYTE for each in codes) else ONE_BYTE


@dataclass(frozen=True)
class Coded:
    """The rows of a wave, always in the same order, with a cell for each column; `codes` say what it means."""

    columns: tuple[Column, ...]
    codes: Codes
    rows: Rows

    @cached_property
    def cell(self) -> Cell:
        """How large a cell is."""
        return cell_of(self.codes)

    def cells(self, row: bytes) -> Sequence[int]:
        """The cells of a row, or of rows one after the other."""
        return row if self.cell == ONE_BYTE else memoryview(row).cast(TWO_BYTES)


def protected_rows(coded: Coded, *, minimum: int) -> Iterator[list[str]]:
    """Each row with what must stay hidden hidden; the same rows always give the same.

    People alike in what is shown of them are a group of at least `BASE`, rounded down to the nearest `NEAREST` by
    leaving out whoever stands last; within a group an answer is shown where at least `minimum` gave it.
    """
    about = [place for place, column in enumerate(coded.columns) if column.about]
    own = [tuple(map(row.__getitem__, about)) for row in map(coded.cells, coded.rows)]
    groups = {
        each: tuple(coded.codes[place][code] for place, code in zip(about, each, strict=True)) for each in set(own)
    }
    sharing = Sharing(max(minimum, BASE)).split(_sizes(groups, own))
    shown = {each: sharing.shown[group] for each, group in groups.items()}
    members: dict[Groups, list[bytes]] = {}
    for each, row in zip(own, coded.rows, strict=True):
        members.setdefault(shown[each], []).append(row)
    left = {group: len(rows) // NEAREST * NEAREST for group, rows in members.items()}
    tables = {group: _tables(coded, about, group, rows[: left[group]], minimum) for group, rows in members.items()}
    for each, row in zip(own, coded.rows, strict=True):
        group = shown[each]
        if left[group]:
            left[group] -= 1
            yield [words[code] for words, code in zip(tables[group], coded.cells(row), strict=True)]


def _sizes(groups: Mapping[Own, Groups], own: Sequence[Own]) -> Counter[Groups]:
    sizes: Counter[Groups] = Counter()
    for each, count in Counter(own).items():
        sizes[groups[each]] += count
    return sizes


def _tables(coded: Coded, about: Sequence[int], group: Groups, rows: Rows, minimum: int) -> list[Sequence[str]]:
    """For each column, what stands in this group's rows for each code."""
    facts = dict(zip(about, group, strict=True))
    out = {coded.columns[place].item for place, code in facts.items() if code == HIDDEN}
    together, width = coded.cells(b"".join(rows)), len(coded.columns)
    tables: list[Sequence[str]] = []
    for place, (column, codes) in enumerate(zip(coded.columns, coded.codes, strict=True)):
        if place in facts or column.follows & out:
            tables.append((facts.get(place, HIDDEN),) * len(codes))
            continue
        counts = Counter(together[place::width])
        hidden = rare({code: counts[at] for at, code in enumerate(codes)}, minimum)
        tables.append([HIDDEN if code in hidden else code for code in codes])
    return tables
