"""A password that is among the first somebody would try is refused in plain words, wherever one is chosen."""

import pytest
from flask import Flask

from engage.accounts import actions
from engage.accounts.rules import EASY, Role
from engage.shared import db
from engage.shared.clock import now
from engage.shared.outbox import LetterRow
from tests.conftest import PASSWORD
from tests.people import make_agency, make_person, make_quick, sign_in

GOOD = "kettle marble sunday tractor"
SAID = EASY.split(".", maxsplit=1)[0]


@pytest.fixture(autouse=True, scope="module")
def quick_passwords(app: Flask) -> None:
    make_quick(app)


@pytest.fixture(params=["one's own page", "an invitation"])
def choose(request, visitor):
    """Choose a password at one of the two forms, as Wilhelmina Featherstone; gives what the form answers."""
    invited = request.param == "an invitation"
    words, agency_id = "" if invited else PASSWORD, make_agency()
    person = make_person(Role.VOICE, name="Wilhelmina Featherstone", password=words, agency_id=agency_id)
    if invited:
        actions.invite(person.id, at=now())
        db.session.commit()
        body = db.session.query(LetterRow).one().body
        page = next(word for word in body.split() if "/desk/invited/" in word).partition("/desk/")[2]
        where, more = f"/desk/{page}", {}
    else:
        sign_in(visitor, person)
        where, more = "/sign-in/password", {"password": PASSWORD}

    def type_twice(words):
        return visitor.fill_in(where, **more, new_password=words, new_password_confirm=words)

    return type_twice


EASY_ONES = (
    "password12345", "qwertyuiop123", "aaaaaaaaaaaa", "WilhelminaFeatherstone77", "Barnet2026!!", "northwayhousing1",
)  # fmt: skip


@pytest.mark.parametrize("easy", EASY_ONES)
def test_an_easy_password_is_refused_in_plain_words_and_never_shown(choose, easy):
    answer = choose(easy)
    assert answer.status_code == 422
    assert SAID in answer.text
    assert easy not in answer.text
    assert "<form" in answer.text  # the control: the page to try again on


def test_one_that_is_hard_to_guess_is_taken(choose):
    answer = choose(GOOD)
    assert answer.status_code in (302, 303)


def test_after_one_that_was_refused_the_old_password_and_the_invitation_still_count(choose):
    assert choose("password12345").status_code == 422
    assert choose(GOOD).status_code in (302, 303)
