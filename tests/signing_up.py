"""Sign up for a forum through its pages, as a visitor does."""

import re
from html import unescape

from sqlalchemy import select

from engage.forums.models import ForumRow
from engage.shared import db

SIXTEEN = {
    "first_name": "Ayo", "initial": "k", "age": "16", "contact": "AYO@example.org", "access": "a quiet room",
    "diet": "no nuts", "home": "alone", "photos": "inside", "medical": "yes",
}  # fmt: skip
FOURTEEN = {
    "first_name": "Bo", "age": "14", "relation": "parent", "guardian_name": "Mum",
    "guardian_contact": "07700 900123", "home": "collected",
}  # fmt: skip
WORKER = {
    "name": "Sam Hill",
    "role": "Nurse",
    "agency": "*",
    "agency_other": "Health (invented)",
    "contact": "sam@example.org",
    "checks": "yes",
}


def slug_of(forum_id: int) -> str:
    return db.session.get_one(ForumRow, forum_id).slug


def hidden(page: str) -> dict[str, str]:
    form = page.split("/send")[1].split("</form>", maxsplit=1)[0]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found}


def check(visitor, slug: str, typed: dict[str, str], way: str = "come"):
    """Fill the form in and press the button: the page that checks the answers, or the form with what is missing."""
    return led(visitor, visitor.fill_in(f"/forums/{slug}/{way}", **typed))


def led(visitor, answer):
    """Go where a page leads, as a browser does."""
    return visitor.get(answer.headers["Location"]) if answer.status_code == 303 else answer


def sign_up(visitor, slug: str, typed: dict[str, str], way: str = "come"):
    page = check(visitor, slug, typed, way)
    assert page.status_code == 200, page.text
    return visitor.post(f"/forums/{slug}/{way}/send", data=hidden(page.text))


def only(table):
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(table)).one()


def rows(table) -> list:
    """Every row by its key: PostgreSQL writes a changed row wherever there is room."""
    db.session.rollback()
    by_key = select(table).order_by(*table.__table__.primary_key)
    return list(db.session.scalars(by_key.execution_options(populate_existing=True)))
