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
        other = _seen_differently(themes, place) if place % DIFFERS == 0 else themes
        coding.code_again(excerpt_id, other, by=second, today=day)
        if place % SETTLED == 0:
            coding.settle(excerpt_id, themes, by=second, today=day)
    coding.ask_for_agreement(f"wave:{one.wave.code}")


def _seen_differently(themes: tuple[int, ...], place: int) -> tuple[int, ...]:
    """What somebody else might have given: by turns one theme less, and one more."""
    more = 1 + max(themes, default=0)  # the next of the frame
    return themes[1:] if place % (2 * DIFFERS) else (*themes, more)


def choose_examples(one: Fielded, said: Holding) -> None:
    """Write into the frame what belongs to its themes, from answers somebody has checked."""
    chosen: dict[int, int] = {}
    for excerpt_id in read_in(one.wave, said):
        row = db.session.get_one(ExcerptRow, bytes.fromhex(excerpt_id))
        for theme_id in said.themes[excerpt_id]:
            if chosen.get(theme_id, 0) < EXAMPLES and row.checked and not row.flagged:
                frame.add_example(
                    theme_id, excerpt_id, belongs=True, by=said.cast.people["amara"], today=one.wave.closes_on
                )
                chosen[theme_id] = chosen.get(theme_id, 0) + 1
    _say_what_does_not_belong(one, said)


def _say_what_does_not_belong(one: Fielded, said: Holding) -> None:
    """An answer of a theme stands as what does not belong to the one before it in the frame."""
    for theme_id in sorted({one for themes in said.themes.values() for one in themes})[:NEIGHBOURS]:
        mine = (excerpt_id for excerpt_id in read_in(one.wave, said) if said.themes[excerpt_id] == (theme_id + 1,))
        for excerpt_id in list(mine)[-1:]:
            frame.add_example(
                theme_id, excerpt_id, belongs=False, by=said.cast.people["amara"], today=one.wave.closes_on
            )


def read_in(wave: Wave, said: Holding) -> list[str]:
    """The read answers of a wave by their random keys; those that hold a theme first, since the others say nothing."""
    here = {row.key.hex() for row in db.session.query(ExcerptRow).filter_by(wave_id=wave.id)}
    return sorted((one for one in said.themes if one in here), key=lambda one: (not said.themes[one], one))
