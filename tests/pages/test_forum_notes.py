"""What was said at the tables is read like an answer: redacted, screened, coded, and evidence with the forum named."""

from dataclasses import replace

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.analysis import queries as analysis
from engage.analysis.actions import reading, themes
from engage.analysis.jobs import do_all
from engage.analysis.rules import Naming
from engage.forums.actions.keeping import forget_notes
from engage.forums.models import TableNoteRow
from engage.forums.rules.notes import said
from engage.safeguarding.models import AlertRow
from engage.shared import db
from engage.shared.errors import NotValid
from tests.doors import BEFORE, DURING, EVENING, LIMITS, begin, make_forum, put_at_door
from tests.people import make_person, sign_in

PASTED = """
- The bus stop at Cricklewood is dark, and Jake Peterson (07700 900456) waits there alone
* we would like a group to walk home with
2. buses come too late
"""
WORRYING = "my stepdad hits me and I am scared to go home"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(DURING, tick=False):
        yield


@pytest.fixture
def here(database):
    here = make_forum()
    begin()
    return here


def write(client, here, words, *, table="Blue", question="The way home"):
    return client.fill_in(f"/desk/forums/{here.id}/notes", table=table, question=question, words=words)


def excerpts() -> list[analysis.Excerpt]:
    db.session.rollback()
    db.session.expire_all()
    return list(analysis.queue(analysis.Filters()).excerpts)


def test_what_is_pasted_becomes_a_line_for_each_thing_without_list_marks():
    assert said("• one\n\n1) two\n  - three \n---\n2024 was bad") == ["one", "two", "three", "2024 was bad"]


@pytest.mark.parametrize("words", ["", " \n - \n", "x\n" * 201])
def test_nothing_or_too_much_is_refused_in_a_sentence(words):
    with pytest.raises(NotValid):
        said(words)


def test_notes_are_redacted_and_stand_in_the_reading_queue_with_the_forum_named(visitor, here):
    sign_in(visitor, make_person(Role.VOICE))
    assert write(visitor, here, PASTED).status_code == 303
    do_all()
    found = excerpts()
    assert len(found) == 3
    assert {one.place for one in found} == {f"Forum {here.id}: {here.theme}, 24 November 2026"}
    assert {(one.question, one.day) for one in found} == {("The way home", EVENING)}
    shown = " ".join(one.words for one in found)
    assert "Peterson" not in shown
    assert "07700" not in shown
    assert "walk home with" in shown
    assert "Peterson" in (analysis.original(next(one.id for one in found if "dark" in one.words)).words or "")


def test_a_worrying_note_raises_an_alert_and_an_ordinary_one_does_not(visitor, here):
    sign_in(visitor, make_person(Role.VOICE))
    write(visitor, here, f"{WORRYING}\nmore lights please")
    do_all()
    alerts = db.session.scalars(select(AlertRow)).all()
    assert [one.words for one in alerts] == [WORRYING]
    assert alerts[0].place.startswith(f"Forum {here.id}:")


def test_the_same_notes_sent_twice_are_kept_once_and_the_same_thing_said_twice_counts_twice(visitor, here):
    sign_in(visitor, make_person(Role.VOICE))
    for _ in range(2):
        write(visitor, here, "more lights\nmore lights\nlater buses")
        do_all()
    assert sorted(one.times for one in excerpts()) == [1, 2]


def test_a_note_carries_a_theme_and_is_evidence_of_a_concern_with_the_forum_as_its_source(visitor, here):
    reader = make_person(Role.VOICE)
    sign_in(visitor, reader)
    write(visitor, here, "\n".join(f"more lights on the path, number {n}" for n in range(12)))
    do_all()
    theme = themes.add(Naming("Lights", "", sensitive=False), by=reader, today=EVENING)
    db.session.commit()
    reading.confirm(theme, [one.id for one in excerpts()], by=reader)
    db.session.commit()
    origins = analysis.evidence_of([theme]).origins
    assert [(one.place, one.count) for one in origins] == [
        (f"Forum {here.id}: {here.theme}, 24 November 2026", "10"),
    ]


def test_what_one_wrote_can_be_taken_back_by_oneself_only_and_leaves_the_queue(app, visitor, here):
    sign_in(visitor, make_person(Role.VOICE))
    write(visitor, here, "a mistake\nsomething true")
    do_all()
    key = next(row.key for row in db.session.scalars(select(TableNoteRow)) if row.words == "a mistake").hex()
    page = f"/desk/forums/{here.id}/notes"
    other = sign_in(app.test_client(), make_person(Role.VOICE))
    other.fill_in(page, f"{page}/{key}/back")
    do_all()
    assert len(excerpts()) == 2
    assert visitor.fill_in(page, f"{page}/{key}/back").status_code == 303
    do_all()
    assert [one.words for one in excerpts()] == ["something true"]


def test_facilitators_of_the_evening_write_and_nobody_else_before_or_after(app, here):
    helper = make_person(Role.DOOR)
    page = f"/desk/forums/{here.id}/notes"
    assert sign_in(app.test_client(), helper).get(page).status_code == 403
    put_at_door(here, helper)
    client = sign_in(app.test_client(), helper)
    assert write(client, here, "more lights").status_code == 303
    with time_machine.travel(here.access_ends_at.replace(hour=23, minute=59), tick=False):
        assert sign_in(app.test_client(), helper).get(page).status_code == 403
    for role in (Role.ADMIN, Role.AGENCY, Role.AMBASSADOR):
        assert sign_in(app.test_client(), make_person(role)).get(page).status_code == 403


def test_before_the_doors_open_nothing_is_written_down(visitor, database):
    later = make_forum(theme="A later one (invented)")
    with time_machine.travel(BEFORE, tick=False):
        sign_in(visitor, make_person(Role.VOICE))
        assert write(visitor, later, "too early").status_code == 409
    assert write(sign_in(visitor, make_person(Role.VOICE)), later, " ").status_code == 422


def test_words_of_notes_are_forgotten_in_their_time(visitor, here):
    sign_in(visitor, make_person(Role.VOICE))
    write(visitor, here, "more lights")
    do_all()
    assert forget_notes(EVENING) == 0
    assert forget_notes(EVENING.replace(year=2028)) == 1
    db.session.commit()
    assert [row.words for row in db.session.scalars(select(TableNoteRow))] == [None]


def test_one_thing_is_one_thing(visitor, here):
    client = sign_in(visitor, make_person(Role.VOICE))
    for typed, told in (
        ("More light", "Kept: 1 thing that was said"),
        ("a bus\na path", "Kept: 2 things that were said"),
    ):
        assert told in client.get(write(client, here, typed).location).text


def test_one_place_is_one_place(visitor, database):
    here = make_forum(limits=replace(LIMITS, agency_cap=1))
    page = sign_in(visitor, make_person(Role.VOICE)).get(f"/desk/forums/{here.id}/agencies").text
    assert "may hold 1 place." in page
    assert "1 places" not in page
