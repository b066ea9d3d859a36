"""Today shows what waits, the menu only what one may open; an administrator looks after people and sees no content."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts import actions, queries
from engage.accounts.models import PersonRow
from engage.accounts.rules import Role
from engage.safeguarding import actions as safeguarding
from engage.shared import db
from engage.shared.clock import today
from engage.shared.waiting import Waiting
from engage.staff import queries as staff
from tests.people import give, make_agency, make_person, sign_in

NEXT_YEAR = today() + timedelta(days=300)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_today_and_a_menu_whose_every_room_opens(visitor, role):
    sign_in(visitor, make_person(role))
    page = visitor.get("/desk/")
    assert page.status_code == 200
    for address in rooms_on(page.text):
        assert visitor.get(address).status_code == 200, address


def rooms_on(page: str) -> list[str]:
    menu = page[page.index("<nav") : page.index("</nav>")]
    return [part.split('"')[0] for part in menu.split('href="')[1:]]


def test_a_scrutineer_with_nothing_to_do_reads_a_calm_sentence(visitor):
    sign_in(visitor, make_person(Role.SCRUTINEER))
    assert "Nothing waits for you" in visitor.get("/desk/").text


def test_an_administrator_has_people_and_the_audit_and_no_content(visitor):
    sign_in(visitor, make_person(Role.ADMIN))
    rooms = rooms_on(visitor.get("/desk/").text)
    assert rooms == ["/desk/", "/desk/people/", "/desk/audit/", "/desk/letters/"]


def test_the_team_sees_the_room_of_alerts_on_the_days_of_its_rota(visitor):
    reader = make_person(Role.VOICE)
    sign_in(visitor, reader)
    assert "/desk/alerts/" not in rooms_on(visitor.get("/desk/").text)
    monday = today() + timedelta(days=7 - today().weekday())
    with time_machine.travel(datetime.combine(monday, time(10), UTC)):
        safeguarding.add_reader(reader.id, first=today(), last=today(), deputy=False)
        db.session.commit()
        sign_in(visitor, reader)
        assert "/desk/alerts/" in rooms_on(visitor.get("/desk/").text)


def test_today_says_where_one_is(visitor):
    sign_in(visitor, make_person(Role.ADMIN))
    assert visitor.get("/desk/").text.count('aria-current="page"') == 1
    assert visitor.get("/desk/people/new/").text.count('aria-current="page"') == 1


def test_safety_waits_on_top_then_the_oldest(database, monkeypatch):
    lines = [
        Waiting("No day", 1, None, "/desk/"),
        Waiting("Young", 1, date(2026, 11, 2), "/desk/"),
        Waiting("Old", 3, date(2026, 11, 1), "/desk/"),
        Waiting("Somebody is not safe", 1, date(2026, 11, 23), "/desk/", safety=True),
    ]
    monkeypatch.setattr(staff, "SOURCES", (lambda _person, _today: lines,))
    found = staff.waiting(make_person(Role.VOICE), date(2026, 11, 23))
    assert [line.words for line in found] == ["Somebody is not safe", "Old", "Young", "No day"]


def test_an_administrator_adds_somebody_and_is_shown_their_first_password_once(visitor):
    sign_in(visitor, make_person(Role.ADMIN))
    agency_id = make_agency("Finchley School (invented)")
    answer = visitor.fill_in(
        "/desk/people/new/",
        name="Ada Okafor (invented)",
        email="ada@example.org",
        agency=str(agency_id),
        role="agency",
        ends_on=NEXT_YEAR.isoformat(),
    )
    assert answer.status_code == 303
    assert "Their first password is" in visitor.get(answer.location).text
    again = visitor.get(answer.location).text
    assert "Their first password is" not in again
    assert "Partner agency" in again
    ada = queries.person_by_email("ada@example.org")
    assert (ada.roles, ada.agency) == ({Role.AGENCY}, "Finchley School (invented)")


def test_a_person_without_an_address_is_sent_back_with_what_was_typed(visitor):
    sign_in(visitor, make_person(Role.ADMIN))
    answer = visitor.fill_in("/desk/people/new/", name="Ada <Okafor>", email="not an address", agency="0", role="pqa")
    assert answer.status_code == 422
    assert "Ada &lt;Okafor&gt;" in answer.text
    assert "Check the address" in answer.text


def test_the_same_address_twice_is_told_in_plain_words(visitor):
    sign_in(visitor, make_person(Role.ADMIN))
    taken = make_person(Role.VOICE).email.upper()
    typed = {"name": "Twin", "email": taken, "agency": "0", "role": "pqa", "ends_on": NEXT_YEAR.isoformat()}
    answer = visitor.fill_in("/desk/people/new/", **typed)
    assert answer.status_code == 422
    assert "is here already" in answer.text


def test_a_role_is_given_and_ended(visitor):
    sign_in(visitor, make_person(Role.ADMIN))
    person = make_person(Role.VOICE)
    page = f"/desk/people/{person.id}/"
    answer = visitor.fill_in(page, to=f"{page}roles/", role="pqa", ends_on=NEXT_YEAR.isoformat())
    assert answer.status_code == 303
    assert queries.person_by_id(person.id).roles == {Role.VOICE, Role.PQA}
    for grant in queries.grants(person.id):
        visitor.fill_in(page, to=f"{page}roles/{grant.id}/end/")
    assert queries.person_by_id(person.id).roles == set()


def test_an_administrator_cannot_give_themselves_a_role(visitor):
    admin = make_person(Role.ADMIN)
    sign_in(visitor, admin)
    page = f"/desk/people/{admin.id}/"
    answer = visitor.fill_in(page, to=f"{page}roles/", role="safeguarding", ends_on=NEXT_YEAR.isoformat())
    assert answer.status_code == 403
    assert queries.person_by_id(admin.id).roles == {Role.ADMIN}


def test_somebody_who_left_is_gone_from_the_list(visitor):
    sign_in(visitor, make_person(Role.ADMIN))
    person = make_person(Role.VOICE, name="Somebody Leaving")
    page = f"/desk/people/{person.id}/"
    assert visitor.fill_in(page, to=f"{page}close/").status_code == 303
    assert "Somebody Leaving" not in visitor.get("/desk/people/").text
    assert visitor.get(page).status_code == 404


def test_a_role_that_ended_shows_as_ended(visitor):
    sign_in(visitor, make_person(Role.ADMIN))
    person = make_person(None)
    give(person.id, Role.VOICE, days=0)
    assert "until" in visitor.get("/desk/people/").text
    assert "End now" in visitor.get(f"/desk/people/{person.id}/").text


def test_the_audit_turns_its_pages(visitor):
    sign_in(visitor, make_person(Role.INFORMATION))
    for number in range(60):
        actions.note("tried", f"thing {number}")
    db.session.commit()
    first, second = visitor.get("/desk/audit/").text, visitor.get("/desk/audit/?page=2").text
    assert "Older" in first
    assert "thing 59" in first
    assert "Newer" in second
    assert "thing 0<" in second
    assert visitor.get("/desk/audit/?page=99").status_code == 200
    assert visitor.get("/desk/audit/?page=-3").status_code == 200
    assert visitor.get("/desk/audit/?page=abc").status_code == 200


def test_old_lines_of_the_audit_are_forgotten_and_newer_ones_stay(database):
    make_person(Role.VOICE)
    lines = len(queries.audit(page=1, size=50))
    assert actions.forget_audit(today()) == 0
    assert actions.forget_audit(today() + timedelta(days=1)) == lines


def test_the_name_of_somebody_who_left_is_forgotten_in_the_end(database):
    stays, leaves = make_person(Role.VOICE), make_person(Role.VOICE)
    actions.close_account(leaves.id, today=today())
    assert actions.forget_people(today() + timedelta(days=400)) == 1
    assert actions.forget_people(today() + timedelta(days=400)) == 0
    names = set(db.session.scalars(select(PersonRow.name)))
    assert names == {stays.name, actions.LEFT}
