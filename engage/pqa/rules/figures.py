"""Published results of others, and when they may stand beside ours; no database."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engage.pqa.rules.files import read_rows

NEEDED = ("area", "population", "measure", "item", "year", "mode", "n", "ages", "percent", "source")
OUR_MODE = "self-completion on a phone"


@dataclass(frozen=True)
class Figure:
    """One published result; `share` is 0 to 1, `item` and `option` name ours that asks the same, where there is one."""

    area: str
    population: str
    measure: str
    item: str
    option: str
    year: str
    mode: str
    n: int | None
    ages: str
    share: float
    source: str

    @property
    def percent(self) -> str:
        """The share in whole or half percents, as published."""
        return f"{self.share * 100:.1f}".removesuffix(".0")


def read_figures(path: Path) -> Iterator[Figure | str]:
    """Read a file of published figures row by row; a row that cannot be used comes as a sentence. Raises `NotValid`."""
    return read_rows(path, NEEDED, _figure)


def asks_differently(figure: Figure) -> bool:
    """Say whether the figure was collected in another way than a young person's own phone."""
    return "online" not in figure.mode and "self-completion" not in figure.mode


def _figure(row: dict[str, str]) -> Figure:
    percent = float(row["percent"])
    if not 0 <= percent <= 100:  # noqa: PLR2004  (percent)
        raise ValueError(f"{percent} is no percentage")
    if not row["source"]:
        raise ValueError("it does not say where the figure comes from")
    item, _, option = row["item"].partition(".")
    n = int(row["n"]) if row["n"] else None
    return Figure(
        row["area"], row["population"], row["measure"], item, option, row["year"], row["mode"], n,
        row["ages"], percent / 100, row["source"],
    )  # fmt: skip


@dataclass(frozen=True)
class Beside:
    """A published figure beside ours; `differs` means it was asked in another way, so the two are read with care."""

    figure: Figure
    ours: int | None
    differs: bool


def beside(figures: list[Figure], *, headline: int | None, options: dict[str, int | None]) -> list[Beside]:
    """Put published figures beside the percentage of ours that asks the same."""
    return [
        Beside(figure, options.get(figure.option) if figure.option else headline, asks_differently(figure))
        for figure in figures
    ]
