"""Ten thousand guesses of receipts, codes and sign-ins, from one address and from a hundred, and what they meet."""

import os
import random
import re
import secrets
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any
from unittest.mock import patch

from flask import Flask
from flask.testing import FlaskClient
from typing_extensions import override
from werkzeug.test import TestResponse

from engage import create_app
from engage.accounts.forms import signing_in
from engage.accounts.rules import Role
from engage.comeback import actions as comeback
from engage.receipts.words import issue, word_list
from engage.shared import db, throttle
from engage.surveys.actions.cards import make_cards
from engage.surveys.queries.cards import codes_of
from engage.surveys.rules.cards import ALPHABET, LENGTH
from engage.surveys.views import joining, returning
from tests.bench.table import Row
from tests.conftest import PASSWORD, empty_every_table, make_settings
from tests.people import make_person
from tests.surveys import ANSWERS, make_wave

GUESSES, PLANTED, ADDRESSES, PUPILS, SLIPS = 10_000, 1_000, 100, 35, 2
PEOPLE = 2  # who can be guessed at; each may be tried a hundred times from everywhere together
TOKEN = re.compile(r'name="?csrf_token"?[^>]*value="?([^">\s]+)')


class _Client(FlaskClient):
    """As in a server: a request's memory ends with it."""

    @override
    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        db.session.rollback()  # what was looked at is over, and holds no writer up
        with self.application.app_context():
            return super().open(*args, **kwargs)


@dataclass(frozen=True)
class Door:
    """A form that takes guesses; `most` is how many from one address are looked at, `hit` the status of a right one."""

    name: str
    path: str
    most: int
    hit: int
    field: str
    of: Callable[[random.Random], dict[str, str]]
    once: bool = False  # a right guess is used up by whoever made it


@dataclass
class Planted:
    """What can be guessed in this installation."""

    codes: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)


def _words(drawn: random.Random) -> dict[str, str]:
    return {"words": " ".join(drawn.choices(word_list(), k=4))}


def _code(drawn: random.Random) -> dict[str, str]:
    return {"code": "".join(drawn.choices(ALPHABET, k=LENGTH))}


DOORS = (
    Door("receipts", "/receipt", comeback.MOST, HTTPStatus.OK, "words", _words),
    Door("receipts with the survey", "/s/open/mine", returning.MOST, HTTPStatus.OK, "words", _words),
    Door("codes of cards", "/join/", joining.MOST, HTTPStatus.SEE_OTHER, "code", _code, once=True),
)


def rows() -> list[Row]:
    """No guess hits, few are looked at, and a class behind one address is let in."""
    with _app() as app:
        planted = _plant(app)
        sign_in = Door(
            "sign-ins", "/sign-in", signing_in.TRIES_FROM_ONE_PLACE, HTTPStatus.FOUND, "password",
            lambda drawn: {"email": drawn.choice(planted.people), "password": secrets.token_urlsafe(9)},
        )  # fmt: skip
        found = [row for door in (*DOORS, sign_in) for row in _attacked(app, door)]
        return [*found, *_class(app, planted), _control(app, planted)]


@contextmanager
def _app() -> Iterator[Flask]:
    with tempfile.TemporaryDirectory(dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")) as folder:
        app = create_app(make_settings(Path(folder)))
        app.config["TESTING"] = True
        app.test_client_class = _Client
        with app.app_context():
            db.create_tables()
            yield app
            db.session.remove()
            empty_every_table()
            db.engine().dispose()


def _plant(app: Flask) -> Planted:
    make_wave("open")
    cards = make_wave("cards", by_card=True)
    planted = Planted(codes=list(codes_of(secrets.token_urlsafe(8), PLANTED)))
    make_cards(cards.id, planted.codes, setting_id=None)
    db.session.commit()
    planted.people = [make_person(Role.VOICE, password=PASSWORD).email for _ in range(PEOPLE)]
    for _ in range(PUPILS):
        planted.words.append(_sent(app))
    return planted


def _sent(app: Flask) -> str:
    """Send a survey; gives the four words of its receipt."""
    client = app.test_client()
    client.post("/s/open", data={**ANSWERS, "csrf_token": _token(client, "/s/open")})
    with client.session_transaction() as held:
        return " ".join(issue(f"open:{held['s/open']['s']}"))


def _token(client: FlaskClient, path: str) -> str:
    found = TOKEN.search(client.get(path).text)
    assert found, path
    return found[1]


def _attacked(app: Flask, door: Door) -> list[Row]:
    rows = []
    for places in (1, ADDRESSES):
        _forget_tries()
        told = _guess(app, door, places)
        looked_at, most = told[HTTPStatus.UNPROCESSABLE_ENTITY], door.most * places
        right = looked_at <= most and looked_at + told[HTTPStatus.TOO_MANY_REQUESTS] == GUESSES
        where = f"{GUESSES} guesses from {places} address{'es' if places > 1 else ''}"
        rows += [
            Row(f"guessed {door.name}: hits", told[door.hit], "", "0", where, "", told[door.hit] == 0),
            Row(f"guessed {door.name}: looked at", looked_at, "", f"<= {most}", where, "", right),
        ]
    return rows


def _guess(app: Flask, door: Door, places: int) -> Counter[int]:
    client, drawn, told = app.test_client(), random.Random(places), Counter[int]()
    token = _token(client, door.path)
    for number in range(GUESSES):
        told[_try(client, door, {**door.of(drawn), "csrf_token": token}, place=number % places)] += 1
    return told


def _try(client: FlaskClient, door: Door, typed: dict[str, str], *, place: int) -> int:
    answer = client.post(door.path, data=typed, environ_base={"REMOTE_ADDR": f"192.0.2.{place}"})
    return answer.status_code


def _class(app: Flask, planted: Planted) -> list[Row]:
    """A class behind one address: each types it wrong twice before it is right."""
    rows = []
    for door in DOORS:
        _forget_tries()
        right = planted.codes if door.once else planted.words
        let_in = [_pupil(app, door, right[number]) for number in range(PUPILS)]
        blocked = let_in.count(False)
        words = f"{PUPILS} pupils behind one address, {SLIPS} slips each"
        rows.append(Row(f"{door.name}: pupils blocked", blocked, f"of {PUPILS}", "0", words, "", blocked == 0))
    return rows


def _pupil(app: Flask, door: Door, right: str) -> bool:
    client = app.test_client()
    token = _token(client, door.path)
    for slip in range(SLIPS):
        _try(client, door, {door.field: f"{right[:-1]}{slip}", "csrf_token": token}, place=1)
    return _try(client, door, {door.field: right, "csrf_token": token}, place=1) == door.hit


def _control(app: Flask, planted: Planted) -> Row:
    """A right guess behind too many wrong ones: refused with the throttle, and a hit where it is off."""
    door, client = DOORS[0], app.test_client()
    token = _token(client, door.path)
    right = {"words": planted.words[0], "csrf_token": token}
    _forget_tries()
    for _ in range(door.most):
        _try(client, door, {"words": "one two three four", "csrf_token": token}, place=1)
    refused = _try(client, door, right, place=1) == HTTPStatus.TOO_MANY_REQUESTS
    with patch.object(throttle, "check"):
        hit = _try(client, door, right, place=1) == door.hit
    said = "refused, then a hit" if refused and hit else "NOT NOTICED"
    return Row("control: a right guess, throttle on and off", said, "", "", "", "", refused and hit)


def _forget_tries() -> None:
    db.session.rollback()
    with db.engine().begin() as connection:
        connection.execute(throttle.WrongTry.__table__.delete())
