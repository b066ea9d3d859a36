"""Browsers keep a public page until something it shows has changed, and then see it at once."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import delete, update

from engage.accounts.rules import Role
from engage.shared import db
from engage.youwesaid.actions import area
from engage.youwesaid.actions import concern as concerns
from engage.youwesaid.models import ActionRow, ConcernAreaRow, ConcernRow
from engage.youwesaid.models.edition import SHOWN
from engage.youwesaid.queries.edition import edition
from engage.youwesaid.rules.concerns import NewConcern
from tests.people import make_agency, make_person

TODAY = date(2026, 11, 23)
LIST, ONE = "/you-said-we-did/", "/you-said-we-did/the-path-is-dark"
OTHER_FORMS = (
    *("/you-said-we-did/feed.atom", "/you-said-we-did/concerns.json", f"{ONE}.json"),
    *("/you-said-we-did/news/", "/you-said-we-did/briefings/"),
)
NOT_SAID_THERE = {"edition"}
OF_WAVE_PAGES = {"concern_theme"}  # tests/pages/test_wave_page.py sees a wave's page move with it


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel("2026-11-23T10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def concern_id(database) -> int:
    new = NewConcern("The path is dark", "You told us.", "travel", TODAY + timedelta(days=20), TODAY, ())
    concern_id = concerns.propose(new, by=make_person(Role.VOICE), today=TODAY)
    concerns.hear(concern_id, by=make_person(Role.PQA), today=TODAY)
    db.session.commit()
    return concern_id


def kept(visitor, path: str, **headers: str) -> dict[str, str]:
    return {"If-None-Match": visitor.get(path, headers=headers).headers["ETag"], **headers}


@pytest.mark.parametrize("path", [LIST, ONE, *OTHER_FORMS])
def test_what_the_reader_has_is_not_sent_again_until_it_changes(visitor, concern_id, path):
    have = kept(visitor, path)
    again = visitor.get(path, headers=have)
    assert (again.status_code, again.data) == (304, b"")
    concerns.look(concern_id, by=make_person(Role.PQA), today=TODAY)
    db.session.commit()
    assert visitor.get(path, headers=have).status_code == 200


def test_another_day_or_language_is_another_page(visitor, concern_id):
    have = kept(visitor, ONE)
    assert visitor.get(ONE, headers={**have, "Accept-Language": "pl"}).status_code == 200
    assert "Cookie" in visitor.get(ONE).headers["Vary"]
    with time_machine.travel("2026-12-14T10:00:00+00:00", tick=False):  # the promise passed, and nobody wrote anything
        late = visitor.get(ONE, headers=have)
    assert "We owe you an answer" in late.text


@pytest.mark.parametrize(
    "change",
    [
        lambda _: db.session.execute(update(ConcernRow).values(title="It was dark")),
        lambda concern_id: setattr(db.session.get(ConcernRow, concern_id), "title", "It was dark"),
        lambda concern_id: area.place(concern_id, ["hendon"]),
        lambda _: db.session.execute(delete(ConcernAreaRow)),
    ],
)
def test_every_way_to_write_moves_the_edition(concern_id, change):
    before = edition()
    change(concern_id)
    assert edition() == before, "not before it is kept"
    db.session.commit()
    assert edition() == before + 1


def test_what_is_dropped_or_not_public_moves_nothing(concern_id):
    before = edition()
    area.place(concern_id, ["hendon"])
    db.session.rollback()
    make_agency()
    db.session.execute(delete(ActionRow))
    db.session.commit()
    assert edition() == before


def test_every_table_that_a_public_page_reads_moves_the_edition(visitor, concern_id, statements):
    statements.clear()
    for path in (LIST, ONE, f"{ONE}?lang=pl", *OTHER_FORMS):
        assert visitor.get(path).status_code == 200
    read = {table for sql in statements for table in re.findall(r"(?:FROM|JOIN) (\w+)", sql)}
    assert read - NOT_SAID_THERE == SHOWN - OF_WAVE_PAGES
