"""Bring in the invented agencies and people, their roles and the duty rota."""

from dataclasses import dataclass
from datetime import date

from flask_security import hash_password
from sqlalchemy import update

from engage.accounts.actions import add_agency, add_person, grant_role
from engage.accounts.models import PersonRow
from engage.accounts.queries import person_by_id
from engage.accounts.rules import OF_THE_DEMO, ROLE_NAMES, Person, Role
from engage.demo.material import material, on
from engage.safeguarding.actions import add_reader, review_help_lines
from engage.shared import db

ROLES_RUN = (-431, 299)  # days from the day of loading: two years less a day
ON_DUTY = ((-113, -100), (-431, -398), (-66, -30), (-14, 45))  # the days around each wave
READERS = {"amara": False, "ruth": False, "marek": True}  # True for a deputy
HELP_LINES_CHECKED = (-431, -66, -20)


@dataclass(frozen=True)
class Cast:
    """Everybody, and every agency's id, by the code the material calls them."""

    people: dict[str, Person]
    agencies: dict[str, int]


def bring_in(today: date) -> Cast:
    """Add agencies and people with one password, give their roles, and fill the rota."""
    found = material("people")
    agencies = {one["code"]: add_agency(one["name"], one["kind"]) for one in found["agencies"]}
    people = {one["code"]: _person(one, agencies, today) for one in found["people"]}
    # One slow hash for all of them: the password is printed beside every address, and the salt hides nothing here.
    db.session.execute(update(PersonRow).values(password=hash_password(password())))
    for first, last in ON_DUTY:
        for code, deputy in READERS.items():
            add_reader(people[code].id, first=on(today, first), last=on(today, last), deputy=deputy)
    for days in HELP_LINES_CHECKED:
        review_help_lines(on(today, days), by=people["ruth"])
    return Cast(people, agencies)


def password() -> str:
    """The one password of everybody in the demo."""
    return OF_THE_DEMO


def sign_ins() -> list[tuple[str, str]]:
    """Who to sign in as: role in words, address."""
    return [(ROLE_NAMES[Role(one["role"])], one["email"]) for one in material("people")["people"]]


def _person(one: dict[str, str], agencies: dict[str, int], today: date) -> Person:
    agency_id = agencies[one["agency"]] if "agency" in one else None
    person_id = add_person(name=one["name"], email=one["email"], agency_id=agency_id)
    first, last = (on(today, days) for days in ROLES_RUN)
    grant_role(person_id, role=Role(one["role"]), starts_on=first, ends_on=last)
    return person_by_id(person_id)
