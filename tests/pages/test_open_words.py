"""What a few wrote stands in no open column, whatever the worker and people made of it; and searches are forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from engage import tables as _tables  # noqa: F401  (loads every table)
from engage.accounts.rules import Role
from engage.analysis.actions import reading, reporting, themes
from engage.analysis.jobs import do_all, finding
from engage.analysis.models import CodingRow, ThemeRow, ThemeRunRow
from engage.shared import db, wanted
from engage.shared.clock import now, today
from engage.shared.keeping import REDACTED_WORDS
from engage.surveys.actions.waves import close_wave
from engage.worker import clock
from tests.answers import PARK, TALK, WORRYING, make_excerpts, read_everything
from tests.people import make_person
from tests.surveys import make_wave

RARE = "zebrafinch"
FEW = [f"{RARE} {words}" for words in PARK[:5]]  # enough for a theme's words, and fewer than may be said


def open_columns(phrase: str) -> set[str]:
    """Every column in which the phrase can be read without a key."""
    found = set()
    for table in db.Model.metadata.sorted_tables:
        for row in db.session.execute(text(f'SELECT * FROM "{table.name}"')).mappings():  # noqa: S608
            found |= {f"{table.name}.{name}" for name, value in row.items() if phrase in _as_text(value)}
    return found


def _as_text(value: object) -> str:
    plain = bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value)
    return plain.casefold()


def understand() -> None:
    """Have a wave read, themed, coded, closed and reported."""
    wave, voice = make_wave(), make_person(Role.VOICE)
    make_excerpts(wave, *TALK, *FEW, f"{WORRYING} {RARE}")
    wanted.want("themes", "wave:youth")
    db.session.commit()
    do_all()
    read_everything(voice)
    for theme in db.session.query(ThemeRow).all():
        themes.select_theme(theme.id, by=voice, today=today())
        held = db.session.query(CodingRow).filter_by(theme_id=theme.id)
        reading.confirm(theme.id, [row.excerpt_key.hex() for row in held], by=voice)
    db.session.commit()
    close_wave(wave.id, roles=voice.roles)
    reporting.report_wave("youth", by=voice)
    db.session.commit()
    do_all()
    assert [work.failed for work in wanted.waiting()] == []
    db.session.expire_all()


def test_what_a_few_wrote_stands_in_no_open_column(database):
    understand()
    assert open_columns(RARE) == set()
    assert "theme.words" in open_columns("park")  # what many wrote does: this is how a theme is known


def test_control_a_search_that_keeps_every_word_would_be_noticed(database, monkeypatch):
    monkeypatch.setattr(finding, "said_by_many", lambda found, _answers, **_: found)
    understand()
    assert {"theme.words", "theme_run.body"} <= open_columns(RARE)


@pytest.mark.parametrize(("later", "there"), [(-1, True), (1, False)])
def test_a_night_forgets_what_a_search_found(database, later, there):
    run = {"texts": 60, "seed": 0, "method": "invented", "source_id": None}
    made_at = (now() - REDACTED_WORDS - timedelta(days=later)).replace(tzinfo=None)
    db.session.add(ThemeRunRow(wave_id=make_wave().id, made_at=made_at, body="{}", sha256="0" * 64, **run))
    db.session.commit()
    clock.every_night(now(), today())
    row = db.session.query(ThemeRunRow).one()
    assert (bool(row.body), bool(row.sha256)) == (there, there)
