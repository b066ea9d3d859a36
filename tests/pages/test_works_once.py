"""What works once works once also when it is used twice at the same moment: invitations, codes, recovery codes."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from threading import Barrier, BrokenBarrierError, Thread

import pyotp
import pytest
from flask import Flask
from flask_security import hash_password
from sqlalchemy import delete, select

from engage import create_app
from engage.accounts import actions
from engage.accounts.forms.signing_in import CodeForm, RecoveryForm
from engage.accounts.models import AuditRow, InvitationRow, PersonRow
from engage.accounts.queries import invitation_hash, invited
from engage.accounts.rules import INVITED_FOR, Role
from engage.shared import db
from engage.shared.clock import bare, now
from engage.shared.errors import NotFound
from tests.conftest import make_settings
from tests.people import make_person, make_quick

PATIENCE = 0.7  # seconds, after which the one who was first goes on alone


@pytest.fixture(params=["sqlite", "postgres"])
def busy(request, tmp_path) -> Iterator[Flask]:
    settings = make_settings(tmp_path)
    if request.param == "postgres":
        settings = replace(settings, database_url=request.getfixturevalue("empty_postgres"))
    app = create_app(settings)
    make_quick(app)
    with app.app_context():
        db.create_tables()
        yield app
        db.session.remove()
        db.engine().dispose()


only_postgres = pytest.mark.parametrize("busy", ["postgres"], indirect=True)


def twice_at_once(app: Flask, press: Callable[[], bool]) -> list[bool]:
    """Do it twice at the same moment; each commits when both have done it, or when it has waited long enough."""
    together, came = Barrier(2), []

    def run() -> None:
        with app.test_request_context(method="POST"):
            right = press()
            with suppress(BrokenBarrierError):
                together.wait(PATIENCE)
            db.session.commit()
            db.session.remove()
            came.append(right)

    db.session.remove()
    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(came)


def invite() -> str:
    key, person = secrets.token_urlsafe(32), make_person(Role.VOICE)
    until = bare(now() + INVITED_FOR)
    db.session.add(InvitationRow(key_hash=invitation_hash(key), person_id=person.id, useful_until=until))
    db.session.commit()
    return key


def test_an_invitation_is_accepted_once(busy):
    key = invite()

    def accept() -> bool:
        try:
            actions.accept_invitation(key, "a password of one's own", at=now())
        except NotFound:
            db.session.rollback()
            return False
        return True

    assert twice_at_once(busy, accept) == [False, True]
    did = db.session.scalars(select(AuditRow.did).where(AuditRow.did.contains("by invitation"))).all()
    assert len(did) == 1


@only_postgres
def test_control_an_invitation_that_is_looked_at_first_and_deleted_then_is_accepted_twice(busy):
    key = invite()

    def accept() -> bool:
        row = db.session.get_one(PersonRow, invited(key, at=now()).id)
        row.password = hash_password("a password of one's own")
        db.session.execute(delete(InvitationRow).where(InvitationRow.person_id == row.id))
        return True

    assert twice_at_once(busy, accept) == [True, True]


def type_code(app: Flask) -> Callable[[], bool]:
    """Give the typing of one code of somebody's app."""
    person, totp = make_person(Role.SAFEGUARDING), app.extensions["security"].totp_factory
    row = db.session.get_one(PersonRow, person.id)
    secret = totp.generate_totp_secret()
    row.tf_primary_method, row.tf_totp_secret = "authenticator", secret
    code = pyotp.TOTP(totp.get_totp_pretty_key(secret).replace("-", "")).now()
    db.session.commit()

    def press() -> bool:
        form = CodeForm(data={"code": code}, meta={"csrf": False})
        form.user, form.primary_method, form.is_setup = db.session.get(PersonRow, person.id), "authenticator", False
        form.tf_totp_secret = secret
        return bool(form.validate())

    return press


def type_recovery_code(app: Flask) -> Callable[[], bool]:
    """Give the typing of one of somebody's recovery codes."""
    person, kept = make_person(Role.SAFEGUARDING), app.extensions["security"].mf_recovery_codes_util
    code = kept.create_recovery_codes(db.session.get_one(PersonRow, person.id))[0]
    db.session.commit()

    def press() -> bool:
        form = RecoveryForm(data={"code": code}, meta={"csrf": False})
        form.user = db.session.get(PersonRow, person.id)
        right = bool(form.validate())
        if right:
            kept.delete_recovery_code(form.user, code)
        return right

    return press


@pytest.mark.parametrize("typing", [type_code, type_recovery_code])
def test_a_code_signs_in_once(busy, typing):
    assert twice_at_once(busy, typing(busy)) == [False, True]


@only_postgres
@pytest.mark.parametrize("typing", [type_code, type_recovery_code])
def test_control_a_code_of_somebody_whose_row_is_not_held_signs_in_twice(busy, typing, monkeypatch):
    monkeypatch.setattr(db, "locked", db.session.get)
    assert twice_at_once(busy, typing(busy)) == [True, True]
