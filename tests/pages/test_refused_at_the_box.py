"""A form of people, agencies or the rota that is refused for one box comes back filled, with the sentence beside it."""

import re
from datetime import timedelta

import pytest

from engage.accounts import queries
from engage.accounts.rules import Role
from engage.shared.clock import today
from tests.pages.test_typed_given_back import given_back
from tests.people import make_agency, make_person, sign_in

ROTA = "/desk/alerts/rota/"
SOON = str(today() + timedelta(days=30))
KIM = {"name": "Kim Okafor", "email": "kim@example.org", "agency": "0", "role": "voice", "ends_on": SOON}


@pytest.fixture
def admin(visitor):
    return sign_in(visitor, make_person(Role.ADMIN))


def said_beside(page, box: str) -> str:
    found = re.search(rf'id="{box}-error">Error: (.*?)</p>', page.text)
    return found[1] if found else ""


@pytest.mark.parametrize(
    ("box", "typed", "said"),
    [
        ("ends_on", "2099-12-31", "within two years"),
        ("ends_on", "2020-01-01", "still to come"),
        ("role", "nobody", "Choose one of the answers shown here"),
        ("email", "taken@example.org", "is here already"),
    ],
)
def test_somebody_new_is_not_typed_twice(admin, box, typed, said):
    admin.fill_in("/desk/people/new/", **KIM | {"email": "taken@example.org"}, way="letter")
    page = admin.fill_in("/desk/people/new/", **KIM | {box: typed}, way="letter")
    assert page.status_code == 422
    assert said in said_beside(page, box)
    for kept in (KIM | {box: typed} if box != "role" else {"name": "Kim Okafor"}).values():
        assert f'value="{kept}"' in page.text
    assert len([one for one in queries.people() if one.name == "Kim Okafor"]) == 1


def test_a_partners_first_role_asks_for_the_agency_beside_it(admin):
    page = admin.fill_in("/desk/people/new/", **KIM | {"role": "agency"}, way="letter")
    assert "Choose the agency first" in said_beside(page, "agency")
    assert 'value="kim@example.org"' in page.text


def test_a_role_that_cannot_be_given_is_refused_beside_its_box(admin):
    someone, elsewhere = make_person(Role.VOICE), make_agency()
    path = f"/desk/people/{someone.id}/"
    fine = {"role": "pqa", "agency": "0", "ends_on": SOON}
    for box, typed, said in (
        ("ends_on", str(today() - timedelta(days=1)), "still to come"),
        ("agency", str(elsewhere), "Only the role"),
        ("role", "admin", "An administrator holds no other role"),
    ):
        page = admin.fill_in(path, f"{path}roles/", **fine | {box: typed})
        assert page.status_code == 422
        assert said in said_beside(page, box)
        assert f'value="{typed}"' in page.text
    assert [grant.role for grant in queries.grants(someone.id)] == [Role.VOICE]


def test_a_taken_name_of_an_agency_is_said_beside_it(admin):
    make_agency("Northway Housing (invented)")
    page = admin.fill_in("/desk/people/agencies/", name="northway housing (invented)", kind="voluntary")
    assert page.status_code == 422
    assert "with this name already" in said_beside(page, "name")
    assert '<option selected value="voluntary">' in page.text


@pytest.mark.parametrize(("first", "last"), [(10, 3), (3, 200)])
def test_days_of_the_rota_the_wrong_way_round_or_too_far_apart_come_back_in_the_form(visitor, database, first, last):
    lead = sign_in(visitor, make_person(Role.SAFEGUARDING))
    days = {"first": str(today() + timedelta(days=first)), "last": str(today() + timedelta(days=last))}
    page = lead.fill_in(ROTA, person=make_person(Role.VOICE).id, deputy="y", **days)
    assert page.status_code == 422
    assert "at most three months later" in said_beside(page, "last")
    for day in days.values():
        assert f'value="{day}"' in page.text


def test_what_no_box_can_say_gives_back_each_by_its_label(visitor, database):
    admin = make_person(Role.ADMIN)
    path = f"/desk/people/{admin.id}/"
    page = sign_in(visitor, admin).fill_in(path, f"{path}roles/", role="pqa", agency="0", ends_on=SOON)
    assert page.status_code == 403
    assert given_back(page) == {
        "Role": "Performance and Quality Assurance",
        "For another agency than their own": "None",
        "Last day": SOON,
    }
