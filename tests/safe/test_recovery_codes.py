"""Recovery codes of the second step are hashes under a key that no rotation changes: they outlive the other keys."""

import re

import pytest

from engage.accounts.models import PersonRow
from engage.accounts.rules import Role
from engage.shared import db
from tests.conftest import PASSWORD, Visitor
from tests.pages.test_second_step import make_codes, set_up_app
from tests.people import make_person, make_quick, type_password
from tests.safe.conftest import STRANGE, other_keys, settings_of, started
from tests.safe.test_commands import engage, type_in

__all__ = ["engage", "type_in"]  # fixtures


@pytest.fixture
def codes(engage, tmp_path):
    """Somebody with a second step, in an installation with its key file; gives their address and their codes."""
    with started(settings_of(tmp_path, demo=False)) as app:
        make_quick(app)
        person, visitor = make_person(Role.SAFEGUARDING, password=PASSWORD), at_the_door(app)
        set_up_app(visitor, person.email)
        page = make_codes(visitor)
    return person.email, re.findall(r"<li>([0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4})</li>", page)


def at_the_door(app):
    app.test_client_class = Visitor
    visitor = app.test_client()
    visitor.environ_base["wsgi.url_scheme"] = "https"
    return visitor


def sign_in_with(settings, email, code):
    with started(settings) as app:
        visitor = at_the_door(app)
        type_password(visitor, email)
        answer = visitor.fill_in("/sign-in/recovery", code=code)
        db.session.rollback()
        left = db.session.query(PersonRow).filter_by(email=email).one().mf_recovery_codes
    return answer.status_code, answer.location, len(left)


def test_a_recovery_code_still_signs_in_after_keys_were_rotated_and_retired(codes, engage, tmp_path):
    email, known = codes
    assert (engage("keys", "rotate")[0], engage("keys", "retire", "--yes")[0]) == (0, 0)
    assert len(settings_of(tmp_path).personal_keys) == 1
    assert sign_in_with(settings_of(tmp_path, demo=False), email, known[0]) == (302, "/desk/", 7)


def test_control_with_another_key_of_receipts_no_code_fits(codes, tmp_path):
    email, known = codes
    other_keys(settings_of(tmp_path), receipt_key=STRANGE)
    assert sign_in_with(settings_of(tmp_path, demo=False), email, known[0]) == (422, None, 8)
