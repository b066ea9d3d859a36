"""Have invented answers coded on the workbench: by one person, a share by a second one, some differences settled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engage.analysis.actions import coding, frame
from engage.analysis.models import ExcerptRow
from engage.demo.answers import Fielded
from engage.demo.people import Cast
from engage.shared import db
from engage.surveys.rules.waves import Wave

TWICE = 36  # answers of the last reported wave that a second person codes too
LEFT = 4  # every fourth answer of an open wave is not coded yet
DIFFERS, SETTLED = 7, 14  # every seventh of them differently, every fourteenth settled
EXAMPLES = 2
NEIGHBOURS = 6  # themes that show what does not belong to them


@dataclass(frozen=True)
class Holding:
    """Which themes (ids) each read answer (its excerpt) really holds, and who says so."""

    themes: Mapping[str, tuple[int, ...]]
    cast: Cast
    today: date


def code_open(one: Fielded, said: Holding) -> None:
    """Let one person go through most answers of a wave that still runs; the rest wait on the workbench."""
    for place, excerpt_id in enumerate(read_in(one.wave, said)):
        if place % LEFT:
            coding.code(excerpt_id, said.themes[excerpt_id], by=said.cast.people["joel"], today=said.today)


def code_twice(one: Fielded, said: Holding) -> None:
    """Let two people code the same answers of a wave, and talk over some of what they see differently."""
    first, second, day = said.cast.people["joel"], said.cast.people["amara"], one.wave.closes_on
    for place, excerpt_id in enumerate(read_in(one.wave, said)[:TWICE]):
        themes = said.themes[excerpt_id]
        coding.code(excerpt_id, themes, by=first, today=day)
        other = themes if place % DIFFERS else _seen_differently(themes, next_to(themes, said), place)
        coding.code_again(excerpt_id, other, by=second, today=day)
        if place % SETTLED == 0:
            coding.settle(excerpt_id, themes, by=second, today=day)
    coding.ask_for_agreement(f"wave:{one.wave.code}")


def _seen_differently(themes: tuple[int, ...], more: int, place: int) -> tuple[int, ...]:
    """What somebody else might have given: by turns one theme less, and one more."""
    return themes[1:] if place % (2 * DIFFERS) else (*themes, more)


def next_to(themes: tuple[int, ...], said: Holding) -> int:
    """Give the next theme of the frame; after its last one comes the first that is not held."""
    frame = sorted({theme_id for held in said.themes.values() for theme_id in held})
    after = [theme_id for theme_id in frame if theme_id > max(themes, default=0)]
    return after[0] if after else next(theme_id for theme_id in frame if theme_id not in themes)


def choose_examples(one: Fielded, said: Holding) -> None:
    """Write into the frame what belongs to its themes and, for some, what does not: answers somebody has checked."""
    checked = ExcerptRow.checked.is_(True) & ExcerptRow.flagged.is_(False)
    may = {row.key.hex() for row in db.session.query(ExcerptRow).filter(checked)}
    by_theme: dict[int, list[str]] = {}
    for excerpt_id in read_in(one.wave, said):
        for theme_id in said.themes[excerpt_id] if excerpt_id in may else ():
            by_theme.setdefault(theme_id, []).append(excerpt_id)
    for theme_id, mine in sorted(by_theme.items()):
        other = [one for one in by_theme.get(theme_id + 1, []) if one not in mine][-1:]
        told = [(one, True) for one in mine[:EXAMPLES]] + [(one, False) for one in other if theme_id <= NEIGHBOURS]
        for excerpt_id, belongs in told:
            frame.add_example(
                theme_id, excerpt_id, belongs=belongs, by=said.cast.people["amara"], today=one.wave.closes_on
            )


def read_in(wave: Wave, said: Holding) -> list[str]:
    """The read answers of a wave by their random keys; those that hold a theme first, since the others say nothing."""
    here = {row.key.hex() for row in db.session.query(ExcerptRow).filter_by(wave_id=wave.id)}
    return sorted((one for one in said.themes if one in here), key=lambda one: (not said.themes[one], one))
