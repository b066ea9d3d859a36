"""Make a wave for a test, what somebody types into it, and what its pages then show."""

import re
from datetime import date, timedelta

from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from engage.accounts.rules import Role
from engage.safeguarding.actions.duty import add_reader
from engage.settings import Settings
from engage.shared import db
from engage.shared.clock import today
from engage.surveys.actions import waves
from engage.surveys.models import WaveRow
from engage.surveys.queries.waves import wave_by_id
from engage.surveys.rules.shipped import shipped
from engage.surveys.rules.waves import NewWave, Wave
from tests.people import make_person

TEXTS = {"title": "Ankieta", "audience": "Zespół", "can_change": "Miejsca", "cannot_change": "Prawo"}
IN_OTHERS = {language: TEXTS for language in Settings.languages if language != "en"}
ANSWERS = {
    "consent": "yes",
    "age": "14",
    "area_happy": "happy",
    "area_best": "The park by the river",
    "ways_to_say": ["school", "group"],
}


def make_wave(code: str = "youth", *, template: str = "youth", opened: bool = True, **changes: object) -> Wave:
    """Make a wave of a shipped survey that opens today, with somebody on duty each day."""
    first = today()
    facts: dict[str, object] = {
        "code": code,
        "title": "Youth survey",
        "opens_on": first,
        "closes_on": first + timedelta(days=20),
        "panel_on": first + timedelta(days=30),
        "promised_on": first + timedelta(days=60),
        "audience": "The listening team",
        "can_change": "Places to go",
        "cannot_change": "The law",
        "translations": IN_OTHERS,
        "by_card": shipped(template).by_card,
    }
    version_id = waves.publish_template(template, today=first)
    wave_id = waves.add_wave(version_id, NewWave(**(facts | changes)))  # type: ignore[arg-type]
    if opened:
        fill_rota(first, first + timedelta(days=20))
        waves.open_wave(wave_id, today=first, roles=["voice"])
    db.session.commit()
    return wave_by_id(wave_id)


def let_in_without_a_card(wave: Wave) -> None:
    """Let everybody in, so that a survey's own pages can be looked at; the desk would not allow it."""
    db.session.get_one(WaveRow, wave.id).by_card = False
    db.session.commit()


def fill_rota(first: date, last: date) -> None:
    """Put somebody on duty on each day."""
    add_reader(make_person(Role.SAFEGUARDING).id, first=first, last=last, deputy=False)
    db.session.commit()


def count(table: type[db.Model]) -> int:
    db.session.expire_all()
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def sent_words(visitor: FlaskClient, **typed: object) -> str:
    """Send the youth survey, and give the four words of its receipt."""
    assert visitor.fill_in("/s/youth", **(ANSWERS | typed)).status_code == 303
    return words_on(visitor.get("/s/youth/thanks").text)


def words_on(page: str) -> str:
    return " ".join(re.findall(r'<li lang="en">([a-z]+)</li>', page))


def token(page: str) -> str:
    return re.search(r'name="?csrf_token"?[^>]*value="?([^">\s]+)', page)[1]


def save(visitor: FlaskClient, page: str, **typed: object) -> TestResponse:
    """Save some cards, as the page does in the background."""
    return visitor.post(
        "/s/youth/save", data={"cards": ",".join(typed), "csrf_token": token(page), "_at": "area_best", **typed}
    )
