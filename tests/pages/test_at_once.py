"""Two people press at once on PostgreSQL: nothing is lost; with the rows left unlocked it is."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, BrokenBarrierError, Event, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from engage import create_app
from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.pqa.actions import pack as packs
from engage.safeguarding import actions as safeguarding
from engage.safeguarding.actions.alerts import keep_heard
from engage.safeguarding.models import AlertRow
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared import db
from engage.shared.errors import NotOpen
from engage.youwesaid.actions import action as actions
from engage.youwesaid.actions import concern as concerns
from engage.youwesaid.actions import update as updates
from engage.youwesaid.actions.update import NewUpdate
from engage.youwesaid.models import ConcernRow, UpdateRow
from engage.youwesaid.rules.concerns import NewConcern
from tests.conftest import make_settings
from tests.packs import QUARTER, make_empty, make_panel
from tests.people import make_person

TODAY = date(2026, 11, 23)
SOON = TODAY + timedelta(days=30)
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
PATIENCE = 1  # second, after which the one who holds the row goes on alone

pytestmark = pytest.mark.postgres


@pytest.fixture
def busy(tmp_path, empty_postgres) -> Iterator[Flask]:
    app = create_app(replace(make_settings(tmp_path), database_url=empty_postgres))
    with app.app_context():
        db.create_tables()
        yield app
        db.session.remove()
        db.engine().dispose()


@pytest.fixture(params=[True, False], ids=["locked", "control"])
def locked(request, monkeypatch) -> bool:
    if not request.param:
        monkeypatch.setattr(db, "locked", db.session.get)
    return request.param


def at_once(app: Flask, *presses: Callable[[], None]) -> None:
    """Let each do its part, and commit only when all have done theirs, or when a second is over."""
    together = Barrier(len(presses))

    def run(press: Callable[[], None]) -> None:
        with app.app_context():
            press()
            with suppress(BrokenBarrierError):
                together.wait(PATIENCE)
            db.session.commit()

    db.session.rollback()
    threads = [Thread(target=run, args=(press,)) for press in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.expire_all()


def make_concern() -> int:
    new = NewConcern("The path is dark", "About 60 of you told us.", "travel", SOON, TODAY, ())
    concern_id = concerns.propose(new, by=make_person(Role.VOICE), today=TODAY)
    concerns.hear(concern_id, by=make_person(Role.PQA), today=TODAY)
    return concern_id


def test_two_ambassadors_approve_at_once(busy, locked):
    voice, checker = make_person(Role.VOICE), make_person(Role.PQA)
    update_id = updates.draft(make_concern(), NewUpdate("We did it.", "", SOON), by=voice, today=TODAY)
    updates.check_facts(update_id, by=checker, today=TODAY)
    db.session.commit()
    two = [make_person(Role.AMBASSADOR) for _ in range(2)]
    at_once(busy, *(lambda one=one: updates.approve(update_id, by=one, today=TODAY) for one in two))
    assert db.session.get_one(UpdateRow, update_id).state == ("youth_approved" if locked else "fact_checked")


def test_two_people_verify_the_last_two_actions_at_once(busy, locked):
    concern_id, agency = make_concern(), make_person(Role.AGENCY)
    asked = [actions.ask(concern_id, agency_id=agency.agency_id, what=what) for what in ("lights", "paths")]
    for action_id in asked:
        actions.agree(action_id, owner_id=agency.id, due_on=SOON, by=agency, today=TODAY)
        actions.claim(action_id, evidence="They are on.", by=agency, today=TODAY)
    db.session.commit()
    panel = [make_person(Role.PQA) for _ in asked]
    presses = [
        lambda action_id=action_id, one=one: actions.verify(action_id, by=one, today=TODAY)
        for action_id, one in zip(asked, panel, strict=True)
    ]
    at_once(busy, *presses)
    assert db.session.get_one(ConcernRow, concern_id).state == ("done" if locked else "doing")


def test_two_members_of_the_panel_issue_a_pack_at_once(busy, locked):
    panel = make_panel()
    make_empty(panel)

    def issue(by: str) -> None:
        with suppress(NotOpen):
            packs.issue(QUARTER, 1, by=panel[by], today=TODAY)

    at_once(busy, lambda: issue("pqa"), lambda: issue("other"))
    lines = select(func.count()).select_from(AuditRow).where(AuditRow.did == "issued a pack")
    assert db.session.scalar(lines) == (1 if locked else 2)


def test_more_words_of_the_same_box_are_added_on_this_database_too(busy):
    for words, score in (("he hit me", 0.5), ("he hit me", 0.9), ("he is coming tonight", 0.3)):
        safeguarding.raise_alert(replace(said(words), score=score), at=NOW)
        db.session.commit()
    row = db.session.query(AlertRow).one()
    assert row.score == 0.9
    assert "he hit me" in row.words
    assert "he is coming tonight" in row.words


def test_an_alert_is_closed_while_more_is_heard(busy, locked):
    lead = make_person(Role.SAFEGUARDING)
    safeguarding.raise_alert(said("he hit me"), at=NOW)
    db.session.commit()
    alert_id = db.session.query(AlertRow).one().id
    safeguarding.acknowledge(alert_id, by=lead, at=NOW)
    db.session.commit()
    decided, heard = Event(), Event()

    def close() -> None:
        with busy.app_context():
            safeguarding.close(alert_id, "no_concern", "A song.", by=lead, at=NOW)
            decided.set()
            heard.wait(PATIENCE)
            db.session.commit()

    thread = Thread(target=close)
    thread.start()
    decided.wait()
    with db.apart() as own:
        keep_heard(own, said("he is coming tonight"), at=NOW, same_box=True)
    heard.set()
    thread.join()
    db.session.expire_all()
    row = db.session.query(AlertRow).one()
    assert row.state == ("raised" if locked else "closed")


def said(words: str) -> NewAlert:
    return NewAlert(words, "Youth survey", "anything", "hurt", 0.9, b"r" * 32)
