"""Make agencies and people for a test, and sign them in."""

import time
from datetime import timedelta
from itertools import count

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engage.accounts import actions
from engage.accounts.models import PersonRow
from engage.accounts.queries import person_by_id
from engage.accounts.rules import Person, Role
from engage.shared import db
from engage.shared.clock import now, today
from tests.conftest import PASSWORD

_numbers = count(1)


def make_agency(name: str = "Northway Housing (invented)", kind: str = "council") -> int:
    agency_id = actions.add_agency(name, kind)
    db.session.commit()
    return agency_id


def make_person(role: Role | str | None, *, agency_id: int | None = None, name: str = "", password: str = "") -> Person:
    """Make somebody who holds `role` for a year (None: no role at all); an agency is made where one is needed."""
    number = next(_numbers)
    if role == Role.AGENCY and agency_id is None:
        agency_id = make_agency(f"Agency {number} (invented)")
    person_id = actions.add_person(
        name=name or f"Person {number}",
        email=f"person{number}@example.org",
        password=password or None,
        agency_id=agency_id,
    )
    if role is not None:
        give(person_id, Role(role))
    db.session.commit()
    return person_by_id(person_id)


def give(person_id: int, role: Role, *, days: int = 365) -> int:
    grant_id = actions.grant_role(person_id, role=role, starts_on=today(), ends_on=today() + timedelta(days=days))
    db.session.commit()
    return grant_id


def sign_in(visitor: FlaskClient, person: Person) -> FlaskClient:
    """Sign `person` in as the real form would, without the slow password; tests/pages/test_signing_in.py proves it."""
    row = db.session.get_one(PersonRow, person.id)
    here = actions.begin_sign_in(person.id, at=now())
    db.session.commit()
    with visitor.session_transaction() as session:
        session.update(_user_id=row.fs_uniquifier, _fresh=True, fs_paa=time.time(), seen=time.time(), here=here)
    db.session.rollback()
    return visitor


def make_quick(app: Flask) -> None:
    """Let passwords cost next to nothing: what they cost for real is the library's to test."""
    app.extensions["security"].pwd_context.update(argon2__rounds=1, argon2__memory_cost=64)


def type_password(visitor: FlaskClient, email: str, password: str = PASSWORD, *, then: str = "") -> TestResponse:
    return visitor.fill_in(f"/sign-in?next={then}" if then else "/sign-in", email=email, password=password)
