"""Where one is signed in: each place is seen and ended; invitations; the password once more for what is restricted."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from engage.accounts import actions, queries
from engage.accounts.models import InvitationRow, PersonRow, SignInRow
from engage.accounts.rules import Role
from engage.safeguarding.actions import raise_alert
from engage.safeguarding.models import AlertRow
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared import db
from engage.shared.clock import now
from engage.shared.outbox import LetterRow
from tests.conftest import PASSWORD
from tests.people import make_person, make_quick, sign_in, type_password


@pytest.fixture(autouse=True, scope="module")
def quick_passwords(app: Flask) -> None:
    make_quick(app)


@pytest.fixture
def two(app, database):
    """One person at two machines."""
    person = make_person(Role.VOICE, password=PASSWORD)
    machines = app.test_client(), app.test_client()
    for machine in machines:
        type_password(machine, person.email)
    return machines


def test_ones_own_page_lists_each_place_and_ends_one(two):
    here, elsewhere = two
    page = here.get("/desk/me/").text
    assert page.count("Somewhere else") == 1
    [end] = re.findall(r'action="(/desk/me/places/\d+/end)"', page)
    assert here.fill_in("/desk/me/", end).status_code == 303
    assert here.get("/desk/").status_code == 200
    assert elsewhere.get("/desk/").status_code == 303
    assert elsewhere.get("/sign-in/password").status_code == 302, "the library's own pages are shut there too"
    assert "Somewhere else" not in here.get("/desk/me/").text


def test_signing_out_everywhere_ends_this_place_too(two):
    here, elsewhere = two
    assert here.fill_in("/desk/me/", "/desk/me/places/end").location == "/sign-in"
    assert [machine.get("/desk/").status_code for machine in two] == [303, 303]
    assert elsewhere.get("/sign-in").status_code == 200


def test_signing_out_ends_one_place_and_a_copy_of_its_cookie(app, two):
    here, elsewhere = two
    copy = app.test_client()
    with here.session_transaction() as held, copy.session_transaction() as stolen:
        stolen.update(held)
    assert copy.get("/desk/").status_code == 200
    here.fill_in("/desk/", "/sign-out")
    assert copy.get("/desk/").status_code == 303
    assert elsewhere.get("/desk/").status_code == 200


def test_a_cookie_whose_place_was_never_kept_opens_nothing(app, two):
    with two[0].session_transaction() as held:
        held["here"] = "another key"
    assert two[0].get("/desk/").status_code == 303


def test_a_new_password_ends_every_other_place(two):
    here, elsewhere = two
    new = {"new_password": "another long password", "new_password_confirm": "another long password"}
    assert here.fill_in("/sign-in/password", password=PASSWORD, **new).status_code == 302
    assert (here.get("/desk/").status_code, elsewhere.get("/desk/").status_code) == (200, 303)


def test_an_administrator_ends_somebodys_places_and_it_is_written_down(app, two):
    person = queries.people()[0]
    admin = sign_in(app.test_client(), make_person(Role.ADMIN))
    there = f"/desk/people/{person.id}/"
    assert "Signed in now at 2 places" in admin.get(there).text
    assert admin.fill_in(there, f"{there}places/end").status_code == 303
    assert [machine.get("/desk/").status_code for machine in two] == [303, 303]
    assert queries.audit(page=1, size=1)[0].did == "ended every sign-in"


def test_nobody_ends_a_place_of_somebody_else(app, two):
    other = sign_in(app.test_client(), make_person(Role.VOICE))
    place = db.session.scalars(select(SignInRow.id).order_by(SignInRow.id)).first()
    db.session.rollback()
    assert other.fill_in("/desk/me/", f"/desk/me/places/{place}/end").status_code == 404
    assert two[0].get("/desk/").status_code == 200


def test_a_place_is_kept_by_hash_with_no_address_and_goes_after_the_day(two):
    assert {column.name for column in SignInRow.__table__.columns} == {
        "id", "key_hash", "person_id", "began_at", "seen_at",
    }  # fmt: skip
    with two[0].session_transaction() as held:
        assert held["here"].encode() not in b"".join(db.session.scalars(select(SignInRow.key_hash)))
    assert actions.forget_sign_ins(now()) == 0
    assert actions.forget_sign_ins(now() + timedelta(hours=13)) == 2


def test_that_a_place_is_in_use_is_written_down_now_and_then(two):
    here, _ = two
    start = now()
    seen = []
    for minutes in (2, 4, 9):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            assert here.get("/desk/me/").status_code == 200
            db.session.rollback()
            seen.append(max(db.session.scalars(select(SignInRow.seen_at))).replace(tzinfo=start.tzinfo) - start)
    assert [round(passed.total_seconds() / 60) for passed in seen] == [2, 2, 9]


def invite(app) -> tuple[PersonRow, str]:
    admin = sign_in(app.test_client(), make_person(Role.ADMIN))
    typed = {"name": "Ada (invented)", "email": "ada@example.org", "agency": "0", "role": "pqa"}
    last_day = (now().date() + timedelta(days=90)).isoformat()
    sent = admin.fill_in("/desk/people/new/", **typed, ends_on=last_day, way="letter")
    assert sent.status_code == 303
    assert "first password is" not in admin.get(sent.location).text
    db.session.rollback()
    letter = db.session.scalars(select(LetterRow)).one()
    assert letter.to == "ada@example.org"
    person = db.session.scalars(select(PersonRow).where(PersonRow.email == letter.to)).one()
    return person, re.search(r"/desk/invited/\S+", letter.body)[0]


def choose(client, link, password=PASSWORD, again=PASSWORD):
    return client.fill_in(link, new_password=password, new_password_confirm=again)


def test_who_is_invited_chooses_a_password_that_nobody_else_sees_and_signs_in(app, visitor):
    person, link = invite(app)
    assert person.password is None
    assert choose(visitor, link, "short", "short").status_code == 422
    assert choose(visitor, link, again="something else").status_code == 422
    assert choose(visitor, link).location == "/sign-in"
    assert type_password(visitor, "ada@example.org").location == "/desk/"
    assert visitor.get("/desk/").status_code == 200


def test_where_no_mail_leaves_the_administrator_is_told_so(app, visitor):
    admin = sign_in(visitor, make_person(Role.ADMIN))
    someone = make_person(Role.VOICE)
    answer = admin.fill_in(f"/desk/people/{someone.id}/", f"/desk/people/{someone.id}/invite")
    assert "The letter waits: no mail leaves this installation" in admin.get(answer.location).text


def test_an_invitation_works_once_and_for_seven_days(app, visitor):
    _, link = invite(app)
    with time_machine.travel(now() + timedelta(days=7, seconds=1)):
        late = visitor.get(link)
        assert late.status_code == 404
        assert "Ask an administrator for a new one" in late.text
    assert choose(visitor, link).status_code == 303
    assert visitor.get(link).status_code == 404
    assert visitor.get(link + "x").status_code == 404


def test_a_password_chosen_by_invitation_ends_every_open_session_of_that_person(app, visitor):
    person, colleague = make_person(Role.VOICE, password=PASSWORD), make_person(Role.VOICE)
    theirs, of_a_colleague = (sign_in(app.test_client(), one) for one in (person, colleague))
    actions.invite(person.id, at=now())
    db.session.commit()
    letter = db.session.scalars(select(LetterRow)).one()
    link = re.search(r"/desk/invited/\S+", letter.body)[0]
    assert theirs.get("/desk/").status_code == 200  # the control: a letter alone ends nothing
    assert choose(visitor, link, "kettle marble sunday tractor", "kettle marble sunday tractor").status_code == 303
    assert theirs.get("/desk/").status_code == 303
    assert of_a_colleague.get("/desk/").status_code == 200


def test_a_newer_letter_ends_the_link_of_the_older_one(app, visitor):
    person, link = invite(app)
    actions.invite(person.id, at=now())
    db.session.commit()
    assert visitor.get(link).status_code == 404


def test_a_first_password_that_an_administrator_tells_ends_the_link_of_the_letter(app, visitor):
    person, link = invite(app)
    assert visitor.get(link).status_code == 200  # the control
    actions.first_password(person.id)
    db.session.commit()
    assert visitor.get(link).status_code == 404


def test_a_new_password_of_ones_own_ends_the_link_of_a_letter(app, visitor):
    person = make_person(Role.VOICE, password=PASSWORD)
    actions.invite(person.id, at=now())
    db.session.commit()
    link = re.search(r"/desk/invited/\S+", db.session.scalars(select(LetterRow)).one().body)[0]
    assert visitor.get(link).status_code == 200  # the control
    type_password(visitor, person.email)
    new = "kettle marble sunday tractor"
    changed = visitor.fill_in("/sign-in/password", password=PASSWORD, new_password=new, new_password_confirm=new)
    assert changed.status_code == 302
    assert visitor.get(link).status_code == 404


def test_an_invitation_is_kept_by_hash_and_a_closed_account_has_none(app, database):
    person, link = invite(app)
    kept = db.session.scalars(select(InvitationRow)).one()
    assert link.rpartition("/")[2].encode() not in kept.key_hash
    actions.close_account(person.id, today=now().date())
    assert db.session.scalars(select(InvitationRow)).all() == []


def test_inviting_somebody_who_has_a_password_tells_the_leads(visitor):
    lead, someone = make_person(Role.SAFEGUARDING), make_person(Role.VOICE, password=PASSWORD)
    sign_in(visitor, make_person(Role.ADMIN))
    there = f"/desk/people/{someone.id}/"
    assert visitor.fill_in(there, f"{there}invite").status_code == 303
    db.session.rollback()
    told = {letter.to: letter.kind for letter in db.session.scalars(select(LetterRow))}
    assert told == {someone.email: "invitation", lead.email: "sign-in changed"}


def test_restricted_words_ask_for_a_password_typed_in_the_last_hours(app, visitor):
    lead = make_person(Role.SAFEGUARDING, password=PASSWORD)
    raise_alert(NewAlert("he hits me", "Survey: anything new?", "x", "hurt", 0.9, None), at=now())
    db.session.commit()
    alert = f"/desk/alerts/{db.session.scalars(select(AlertRow.id)).one()}/"
    type_password(visitor, lead.email)
    with visitor.session_transaction() as held:
        held["fs_paa"] -= 4 * 3600 + 60
    asked = visitor.fill_in(alert, f"{alert}open", reason="lead")
    assert (asked.status_code, asked.location) == (303, f"/sign-in/again?next={alert}")
    assert "he hits me" not in visitor.get(alert).text
    again = visitor.fill_in(asked.location, password=PASSWORD)
    assert again.location == alert
    assert visitor.fill_in(alert, f"{alert}open", reason="lead").status_code == 303
    assert "he hits me" in visitor.get(alert).text


def test_taking_answers_away_asks_for_a_password_typed_just_now(visitor):
    sign_in(visitor, make_person(Role.VOICE))
    assert visitor.get("/desk/surveys/nothing/answers").status_code == 404
    with visitor.session_transaction() as held:
        held["fs_paa"] -= 16 * 60
    assert visitor.get("/desk/surveys/nothing/answers").location.startswith("/sign-in/again")
    assert visitor.get("/desk/surveys/").status_code == 200, "what is not restricted asks for nothing"
