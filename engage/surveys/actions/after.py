"""Prepare the four questions after a forum in one step: published, with their texts in every language, and opened."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from flask_babel import force_locale, gettext
from sqlalchemy import select

from engage.shared import db
from engage.surveys.actions.waves import add_wave, open_wave, publish_template
from engage.surveys.models import WaveRow
from engage.surveys.queries.opening import still_missing
from engage.surveys.queries.waves import wave_by_id
from engage.surveys.rules.after import TEMPLATE, TEXTS
from engage.surveys.rules.shipped import shipped
from engage.surveys.rules.waves import NewWave


def prepare_after(new: NewWave, *, today: date, roles: Iterable[str]) -> str:
    """Prepare these questions and open them for their day; say what is still missing where they cannot open yet.

    Pressed twice, they are prepared once. Raises `NotValid` for days in the wrong order, `NotAllowed`.
    """
    there = select(WaveRow.id).where(WaveRow.code == new.code, WaveRow.about == new.about)
    if (before := db.session.scalar(there)) is not None:
        return still_missing(wave_by_id(before), today)
    version_id = publish_template(TEMPLATE, today=today)
    wave_id = add_wave(version_id, _in_every_language(new))
    missing = still_missing(wave_by_id(wave_id), today)
    if not missing:
        open_wave(wave_id, today=today, roles=roles)
    return missing


def _in_every_language(new: NewWave) -> NewWave:
    definition = shipped(TEMPLATE)
    texts = {code: _texts(code) | {"title": definition.title.in_(code)} for code in definition.languages}
    return replace(new, **texts.pop("en"), translations=texts)


def _texts(code: str) -> dict[str, str]:
    with force_locale(code):
        return {name: str(gettext(words)) for name, words in TEXTS.items()}
