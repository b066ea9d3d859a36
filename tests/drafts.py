"""Begin a survey for a test, and put questions into it as somebody at the desk does."""

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engage.accounts.rules import Person, Role
from engage.shared import db
from engage.surveys.actions import drafts as actions
from engage.surveys.queries.drafts import draft
from engage.surveys.rules.drafting import Document, empty, item_of
from tests.people import make_person

BANDS = [{"code": "age_11_18", "from": 11, "to": 18, "words": {"en": "11 to 18"}}]
DESK = "/desk/surveys/drafts"


def make_draft(*items: Document, by: Person | None = None, code: str = "park", **changes: object) -> str:
    """A draft of one part that holds `items`."""
    document = empty(code=code, title="The park", languages=["en"], bands=BANDS) | changes
    document["sections"] = [{"code": "main", "title": {"en": "The park"}, "items": list(items)}]
    made = actions.add_draft(document, by=by or make_person(Role.VOICE))
    db.session.commit()
    return made


def question(code: str = "safe", kind: str = "single", **more: object) -> Document:
    """An item that may be published."""
    item: Document = {
        "code": code, "kind": kind, "words": {"en": f"Is it {code} there?"}, "purpose": "To know", "owner": "The team",
    }  # fmt: skip
    if kind in {"single", "multiple", "scale"}:
        item["options"] = [option("yes_very"), option("not_really"), option("never")]
    return item | more


def option(code: str) -> Document:
    return {"code": code, "words": {"en": code.replace("_", " ").capitalize()}}


def kept(code: str, item: str = "") -> Document:
    """What a draft, or one item of it, holds now."""
    db.session.rollback()
    document = draft(code).document
    return document if not item else item_of(document, item)


def boxes(page: str) -> dict[str, object]:
    """What a browser would send back of the last form of a page that was filled in by nobody."""
    sent: dict[str, list[str]] = {}
    form = max(re.findall(r"<form.*?</form>", page, re.DOTALL), key=len)
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        ticked = ('type="checkbox"' not in tag and 'type="radio"' not in tag) or " checked" in tag
        if name and ticked:
            sent.setdefault(name[1], []).append(value[1] if value else "y")
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\r?\n?(.*?)</textarea>', form, re.DOTALL):
        sent.setdefault(name, []).append(text)
    for name, choices in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', choices) or re.search(r'value="([^"]*)"', choices)
        sent.setdefault(name, []).append(chosen[1] if chosen else "")
    return dict(sent)


def change(visitor: FlaskClient, address: str, **typed: object) -> TestResponse:
    """Open a page, change some boxes of its form, send all of it as a browser does."""
    return visitor.post(address, data=boxes(visitor.get(address).text) | typed)
