"""Publish a shipped survey, prepare waves, and move them from draft to reported."""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from engage.accounts.actions import note
from engage.shared import db
from engage.shared.errors import NotFound, NotOpen, NotValid
from engage.shared.words import N_
from engage.surveys.actions.sittings import forget_days, keep_until, unlink_receipts
from engage.surveys.actions.versions import check_not_retired, publish
from engage.surveys.models import SettingRow, WaveRow
from engage.surveys.queries.opening import check_ready
from engage.surveys.queries.pins import pin_of, pins_in_use
from engage.surveys.queries.waves import NO_SUCH, definition_of, wave_by_id
from engage.surveys.rules.cards import ALPHABET
from engage.surveys.rules.shipped import shipped
from engage.surveys.rules.waves import TEXTS, WAVE, NewWave, check_new_wave


def publish_template(code: str, *, today: date) -> int:
    """Publish a shipped survey, and give its version's id; the same words published twice are one version.

    Raises KeyError for a template that does not exist, `NotValid` naming what is to be put right first.
    """
    return publish(shipped(code), today=today)


def add_wave(version_id: int, new: NewWave) -> int:
    """Prepare a wave of a published version, and give its id. Raises `NotValid`."""
    check_new_wave(new)
    check_not_retired(version_id)
    if db.session.scalar(select(WaveRow.id).where(WaveRow.code == new.code)):
        raise NotValid(N_("Another wave has this word in its address already"))
    row = WaveRow(version_id=version_id, state=WAVE.first, **facts_of(new))
    db.session.add(row)
    db.session.flush()
    definition_of(wave_by_id(row.id))  # raises for a module the survey has not
    note("prepared wave", new.code)
    return row.id


def facts_of(new: NewWave) -> dict[str, Any]:
    """Give what was typed about a wave as the columns it is kept in."""
    facts = {field.name: getattr(new, field.name) for field in fields(new)}
    facts["translations"] = json.dumps(new.translations, ensure_ascii=False, sort_keys=True)
    return facts | {"modules": ",".join(new.modules)}


def translate_wave(wave_id: int, language: str, texts: Mapping[str, str]) -> None:
    """Keep a wave's four texts in one more language.

    Raises `NotFound`, `NotValid`, and `NotOpen` for words that young people have been shown: what was promised stays.
    """
    row = wave_row(wave_id)
    if row.state != WAVE.first and language in json.loads(row.translations):
        raise NotOpen("Young people have read these words already, so they stay as they are")  # to staff, in English
    if language not in definition_of(wave_by_id(wave_id)).languages or language == "en":
        raise NotValid(N_("The survey is not offered in this language"))
    texts_of = json.loads(row.translations) | {language: {name: texts[name] for name in TEXTS}}
    row.translations = json.dumps(texts_of, ensure_ascii=False, sort_keys=True)
    db.session.flush()
    note("translated wave", f"{row.code}: {language}")


def add_setting(wave_id: int, *, name: str, target: int = 0, code: str = "", contact: str = "") -> str:
    """Add a school, a home or a group to a wave, and give the word of its link."""
    code = code or _drawn(wave_id)
    db.session.add(SettingRow(wave_id=wave_id, code=code, name=name, target=target, contact=contact or None))
    db.session.flush()
    return code


def open_wave(wave_id: int, *, today: date, roles: Iterable[str]) -> None:
    """Open a wave for answers. Raises `NotOpen` naming what is missing, `NotAllowed`."""
    _move(wave_id, "open", roles, today=today)


def pause_wave(wave_id: int, *, roles: Iterable[str]) -> None:
    """Stop taking answers for now; drafts are kept. Raises `NotOpen`, `NotAllowed`."""
    _move(wave_id, "pause", roles)


def resume_wave(wave_id: int, *, today: date, roles: Iterable[str]) -> None:
    """Take answers again; drafts stay over tomorrow. Raises `NotOpen` naming what is missing, `NotAllowed`."""
    _move(wave_id, "resume", roles, today=today)
    keep_until(wave_id, today + timedelta(days=1))


def close_wave(wave_id: int, *, roles: Iterable[str], on: date | None = None) -> None:
    """Take no more answers; `on` is the day when somebody closes it before its last. Raises `NotOpen`, `NotAllowed`."""
    _move(wave_id, "close", roles)
    row = wave_row(wave_id)
    if on and on < row.closes_on:
        row.closes_on = max(on, row.opens_on)
        db.session.flush()


def report_wave(wave_id: int, *, roles: Iterable[str]) -> int:
    """Mark a closed wave as reported and destroy the link from receipts to responses; gives how many were unlinked.

    The day each was sent goes too: an alert raised that day about that question would lead to it again.

    Whoever reports stores what the receipts shall still open first. Raises `NotFound`, `NotOpen`, `NotAllowed`.
    """
    _move(wave_id, "report", roles)
    forget_days(wave_id)
    return unlink_receipts(wave_id)


def close_ended_waves(today: date) -> int:
    """Close each wave whose last day has passed; gives how many. The clock does this."""
    ended = select(WaveRow.id).where(WaveRow.state.in_(("open", "paused")), WaveRow.closes_on < today)
    over = list(db.session.scalars(ended.order_by(WaveRow.id)))
    for wave_id in over:
        close_wave(wave_id, roles=["clock"])
    return len(over)


def _move(wave_id: int, verb: str, roles: Iterable[str], *, today: date | None = None) -> None:
    row = wave_row(wave_id)
    to = WAVE.move(verb, state=row.state, roles=roles)
    if today:
        check_ready(wave_by_id(wave_id), today)
    row.state = to
    db.session.flush()
    note(f"{verb} wave", row.code)


def wave_row(wave_id: int) -> WaveRow:
    """Give a wave's row, held to the end of the transaction. Raises `NotFound`."""
    row = db.locked(WaveRow, wave_id)
    if row is None:
        raise NotFound(NO_SUCH)
    return row


def _drawn(wave_id: int) -> str:
    taken = pins_in_use()
    while True:  # a spoken number that two settings share would count the answers of one for the other
        code = "".join(secrets.choice(ALPHABET) for _ in range(6))
        if pin_of(wave_id, code) not in taken:
            return code
