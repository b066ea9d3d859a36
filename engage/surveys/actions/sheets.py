"""Take what two people read on one sheet of paper, and send it once they agree."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from engage.accounts.actions import note
from engage.shared import db
from engage.shared.errors import NotValid
from engage.surveys.actions.sittings import Sending, send
from engage.surveys.models import SheetRow, WaveRow
from engage.surveys.queries.sheets import Sheet, sheet
from engage.surveys.queries.sittings import sitting_of
from engage.surveys.queries.waves import definition_of
from engage.surveys.rules.answers import Answers, read_answers, says_no
from engage.surveys.rules.paper import SEED, differences
from engage.surveys.rules.waves import Wave, check_takes_answers

IS_IN = "The sheet with this number was typed by two people already, and is in"


@dataclass(frozen=True)
class Typing:
    """What somebody typed of one sheet. `settled` says that they looked at the paper again where the two differ."""

    number: str
    language: str
    setting_id: int | None
    typed: Mapping[str, list[str]]
    settled: bool = False


def type_sheet(wave: Wave, typing: Typing, *, by: int, today: date) -> list[str]:
    """Keep the first reading of a sheet, or hold a second one against it and send it once.

    Gives the items in which two people differ: then nothing is sent. Raises `NotValid`, `NotOpen`.
    """
    check_takes_answers(wave, today)
    answers = _read(wave, typing)
    first = sheet(wave.id, typing.number)
    if first is None or (first.typed is not None and first.typed_by == by):
        _keep(wave, typing, by)
        return []
    if first.typed is None:
        raise NotValid(IS_IN)
    return _held_against(first, wave, typing, answers, today)


def forget_sheets(today: date) -> int:
    """Delete the sheets of waves whose last day has passed; gives how many."""
    over = select(WaveRow.id).where(WaveRow.closes_on < today)
    gone = delete(SheetRow).where(SheetRow.wave_id.in_(over)).execution_options(synchronize_session=False)
    return db.session.execute(gone).rowcount  # type: ignore[attr-defined,no-any-return]


def _held_against(first: Sheet, wave: Wave, typing: Typing, answers: Answers, today: date) -> list[str]:
    differ = differences(definition_of(wave), first.typed or {}, typing.typed)
    if differ and not typing.settled:
        return differ
    row = _row(wave, typing.number)
    if row.typed is None:  # a third person was quicker
        raise NotValid(IS_IN)
    row.typed = None
    db.session.flush()
    secret = f"{wave.code}:{secrets.token_urlsafe(16)}"  # nobody gets its four words: the sheet has no way back
    sending = Sending(answers.answers, typing.language, typing.setting_id)
    send(wave=wave, sitting=sitting_of(secret), sending=sending, today=today)
    note("sent paper", wave.code)
    return []


def _read(wave: Wave, typing: Typing) -> Answers:
    definition = definition_of(wave)
    answers = read_answers(definition, typing.typed, seed=SEED)
    if says_no(definition, answers):
        raise NotValid("They said no: put the sheet away, and type nothing of it")
    if answers.problems:
        wrong = answers.problems[0]
        raise NotValid(f"{definition.item(wrong.item).words.in_('en')}: {wrong.words % dict(wrong.values)}")
    return answers


def _keep(wave: Wave, typing: Typing, by: int) -> None:
    facts: dict[str, Any] = {"typed_by": by, "typed": json.dumps(dict(typing.typed), ensure_ascii=False)}
    row = _row(wave, typing.number, made_by=by)
    for name, value in facts.items():
        setattr(row, name, value)
    db.session.flush()
    note("typed paper", wave.code)


def _row(wave: Wave, number: str, *, made_by: int = 0) -> SheetRow:
    asked = select(SheetRow).where(SheetRow.wave_id == wave.id, SheetRow.number == number).with_for_update()
    row = db.session.scalar(asked.execution_options(populate_existing=True))
    if row is None:
        row = SheetRow(key=secrets.token_bytes(16), wave_id=wave.id, number=number, typed_by=made_by)
        db.session.add(row)
    return row
