"""Change a wave before it opens, and say what young people read once it has closed."""

import json
from collections.abc import Mapping
from dataclasses import replace

from engage.accounts.actions import note
from engage.shared import db
from engage.shared.errors import NotOpen
from engage.surveys.actions.waves import facts_of, wave_row
from engage.surveys.queries.waves import definition_of, wave_by_id
from engage.surveys.rules.waves import NewWave, check_may_change, check_new_wave


def change_wave(wave_id: int, new: NewWave) -> None:
    """Change a wave that nobody has seen yet; its address and other languages stay. Raises `NotOpen`, `NotValid`."""
    row = wave_row(wave_id)
    check_may_change(wave_by_id(wave_id))
    new = replace(new, code=row.code, translations=json.loads(row.translations))
    check_new_wave(new)
    for name, value in facts_of(new).items():
        setattr(row, name, value)
    db.session.flush()
    definition_of(wave_by_id(wave_id))  # raises for a module the survey has not
    note("changed wave", row.code)


def say_closing(wave_id: int, words: Mapping[str, str]) -> None:
    """Keep what whoever comes after the last day reads, in each language. Raises `NotOpen` once it is reported."""
    row = wave_row(wave_id)
    if row.state == "reported":
        raise NotOpen("Its results are out, so its page says what was done about it")  # to staff, in English
    row.closings = json.dumps({code: said for code, said in words.items() if said}, ensure_ascii=False, sort_keys=True)
    db.session.flush()
    note("changed closing words", row.code)
