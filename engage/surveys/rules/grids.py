"""A grid: several questions under the same answers, written at once and asked as a card each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from engage.surveys.rules.drafting import Document, add_item, code_from, codes_of


@dataclass(frozen=True)
class Grid:
    """What was typed: the first `good` answers count as good; `show` questions are asked of each person, 0 for all."""

    questions: Sequence[str]
    answers: Sequence[str]
    facts: Document  # what all questions share beside their answers
    good: int = 0
    show: int = 0


def add_grid(document: Document, section: str, grid: Grid) -> None:
    """Add an item for each question at the end of a section, with the answers and facts that they share."""
    code = code_from(f"{section}_grid", taken=_grids(document))
    options = _options(grid.answers)
    headline = [option["code"] for option in options[: grid.good]]
    shared = {"kind": "scale", **grid.facts, "options": options, "headline": headline, "grid": code}
    rows = []
    for words in grid.questions:
        rows.append(code_from(words, taken=codes_of(document)))
        add_item(document, section, {"code": rows[-1], "words": {"en": words}, **shared})
    if grid.show:
        document["rotations"] = [*document["rotations"], {"code": code, "show": grid.show, "rows": rows}]


def _grids(document: Document) -> Collection[str]:
    """The codes that a grid may not take: those of parts and items, and of the grids that are there."""
    items = [item for section in document["sections"] for item in section["items"]]
    return {*codes_of(document), *(item["grid"] for item in items if item.get("grid"))}


def _options(answers: Sequence[str]) -> list[Document]:
    options: list[Document] = []
    for words in answers:
        taken = [option["code"] for option in options]
        options.append({"code": code_from(words, taken=taken, fallback="option"), "words": {"en": words}})
    return options
