"""Everything that the results of a wave say when they are taken away, on paper or in a file."""

from collections.abc import Iterator
from dataclasses import dataclass

from engage.analysis import queries as analysis
from engage.analysis.queries import Snapshot
from engage.analysis.queries.cuts import cuts_of
from engage.analysis.queries.merging import Merged, merged_of_wave
from engage.pqa.rules.limits import limits_of
from engage.pqa.rules.sheets import Block
from engage.shared.errors import NotFound
from engage.shared.words import N_


@dataclass(frozen=True)
class Paper:
    """A wave's results as they are printed: with their limits, and what was counted together with other ages."""

    results: Snapshot
    limits: list[str]
    ages: Merged | None


def whole(wave_code: str) -> Snapshot:
    """Give all results of a wave. Raises `NotFound` before any, `Changed`."""
    found = analysis.snapshot(wave_code)
    if found is None:
        raise NotFound(N_("This wave has no results yet. They are frozen when it closes."))
    return found


def paper(wave_code: str) -> Paper:
    """Give the results of a wave for printing. Raises `NotFound`, `Changed`."""
    results = whole(wave_code)
    return Paper(results, limits(results), merged_of_wave(wave_code))


def blocks(results: Snapshot) -> Iterator[Block]:
    """Every table that is shown, question by question, the cuts after them."""
    for line in results.lines:
        kinds = ["answers", "no answer", *(["positive answers"] if line.positive else [])]
        for kind, table in zip([*kinds, *("answers" for _ in line.breaks)], line.tables, strict=True):
            yield Block(results.title, line.item, line.words, kind, table, line.labels)
    words = {line.item: line.words for line in results.lines}
    for one in cuts_of(results.wave_code):
        yield Block(results.title, one.item, words.get(one.item, one.item), "answers", one.table, one.labels)
    ages = merged_of_wave(results.wave_code)
    for together in ages.lines if ages else ():
        yield Block(results.title, together.item, together.words, "all ages together", together.table, together.labels)
    if results.wrote:
        yield Block(results.title, "themes", "What they wrote about", "themes", results.wrote.table, results.labels)


def limits(results: Snapshot) -> list[str]:
    """Say what must be known before a figure is used."""
    tables = [block.table for block in blocks(results)]
    made, mark = f"{results.origin.made_at:%d %B %Y}", results.origin.sha256
    return limits_of(tables, responses=results.responses.text, made=made, fingerprint=mark)
