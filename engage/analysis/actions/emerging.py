"""Ask what is new, keep what was found, and decide about it; a later run never undoes what a person decided."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import insert, select

from engage.accounts.rules import Person
from engage.analysis.actions import themes
from engage.analysis.models import CodingRow, EmergingRunRow, ExcerptRow, RiseDecisionRow, ThemeHistoryRow, ThemeRow
from engage.analysis.queries.emerging import OVER, about_it, decisions_of, state_of
from engage.analysis.rules import Naming
from engage.analysis.rules.emerging import RISE
from engage.analysis.rules.freezing import fingerprint, thawed, written
from engage.shared import db, wanted
from engage.shared.clock import now
from engage.shared.errors import NotFound, NotOpen, NotValid
from engage.shared.words import N_
from engage.surveys.queries.places import Place, place

Kept = Mapping[str, Any]
EXEMPLAR, ALIKE = 1.0, 0.7  # how typical of the theme its exemplars are, and the others
TELLING = 3  # answers that stand first among those of a rise


def look_for_new(subject: str) -> None:
    """Ask the worker to compare a wave with those before it. Raises `NotFound`, `NotOpen` while it runs."""
    about = place(subject)
    if about.wave_id is None or about.state not in OVER:
        raise NotOpen(N_("What is new in a wave can be said when it has ended"))
    wanted.want("emerging", about.subject)


def keep_emerging(about: Place, body: Kept) -> None:
    """Keep what was found, frozen; answers of what people confirmed are suggested for its theme again."""
    if about.wave_id is None:
        return
    text = written(body)
    run = EmergingRunRow(wave_id=about.wave_id, made_at=now().replace(tzinfo=None), body=text, sha256=fingerprint(text))
    db.session.add(run)
    decisions = decisions_of(about.wave_id)
    for one in body["rises"]:
        mine = about_it(one["names"], decisions)
        if mine and mine[-1].state == "confirmed" and mine[-1].theme_id is not None:
            _suggest(mine[-1].theme_id, one["answers"], about.wave_id)


def confirm_as_new(run_id: int, number: int, naming: Naming, *, by: Person, today: date) -> int:
    """Say that a rise is a concern, and make it a theme; gives its id. Raises `NotFound`, `NotAllowed`, `NotOpen`."""
    run, kept = _held(run_id, number)
    decision = _decided("confirm", run, kept, by=by, today=today)
    theme_id = themes.add(naming, by=by, today=today)
    row = db.session.get_one(ThemeRow, theme_id)
    row.words = ", ".join(one for one in kept["names"] if not one.startswith("theme:"))[:400]
    _join(theme_id, decision, kept)
    return theme_id


def confirm_as(run_id: int, number: int, theme_id: int, *, by: Person, today: date) -> int:
    """Say that a rise is a concern that has a theme; gives its id. Raises as above, `NotValid` for no theme in use."""
    run, kept = _held(run_id, number)
    row = db.session.get(ThemeRow, theme_id)
    if row is None or row.state == "retired":
        raise NotValid(N_("Choose a theme that is in use, or make a new one"))
    _join(theme_id, _decided("confirm", run, kept, by=by, today=today), kept)
    return theme_id


def dismiss(run_id: int, number: int, why: str, *, by: Person, today: date) -> None:
    """Say why a rise is nothing new; it is not shown as new again. Raises as above, `NotValid` without a reason."""
    run, kept = _held(run_id, number)
    if not why:
        raise NotValid(N_("Say in a sentence why it is nothing new"))
    _decided("dismiss", run, kept, by=by, today=today).why = why[:300]


def look_again(run_id: int, number: int, *, by: Person, today: date) -> None:
    """Take back that a rise was nothing new. Raises as above."""
    run, kept = _held(run_id, number)
    _decided("look_again", run, kept, by=by, today=today)


def _held(run_id: int, number: int) -> tuple[EmergingRunRow, Kept]:
    run = db.locked(EmergingRunRow, run_id)
    rises = thawed(run.body, run.sha256)["rises"] if run is not None else []
    if run is None or not 0 <= number < len(rises):
        raise NotFound(N_("There is no such rise"))
    return run, rises[number]


def _decided(verb: str, run: EmergingRunRow, kept: Kept, *, by: Person, today: date) -> RiseDecisionRow:
    state = RISE.move(verb, state=state_of(kept["names"], decisions_of(run.wave_id)), roles=by.roles)
    row = RiseDecisionRow(
        wave_id=run.wave_id,
        what=kept["names"][0][:200],
        names="\n".join(kept["names"]),
        state=state,
        on=today,
        by=by.id,
    )
    db.session.add(row)
    return row


def _join(theme_id: int, decision: RiseDecisionRow, kept: Kept) -> None:
    decision.theme_id = theme_id
    did = f"was found to rise, as “{kept['what']}”, and confirmed"
    db.session.add(ThemeHistoryRow(theme_id=theme_id, on=decision.on, by=decision.by, did=did[:300]))
    _suggest(theme_id, kept["answers"], decision.wave_id)


def _suggest(theme_id: int, answers: Iterable[str], wave_id: int) -> None:
    """Suggest the theme for the answers of a rise; what somebody said about one of them stays."""
    keys = [bytes.fromhex(one) for one in answers]
    decided = set(db.session.scalars(select(CodingRow.excerpt_key).where(CodingRow.theme_id == theme_id)))
    there = set(db.session.scalars(select(ExcerptRow.key).where(ExcerptRow.wave_id == wave_id)))
    new = [
        {
            "excerpt_key": key, "theme_id": theme_id, "refused": False,
            "closeness": EXEMPLAR if place < TELLING else ALIKE,
        }
        for place, key in enumerate(keys)
        if key in there - decided
    ]  # fmt: skip
    if new:
        db.session.execute(insert(CodingRow), new)
