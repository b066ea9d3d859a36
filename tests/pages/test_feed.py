"""The feed of "you said, we did" moves whenever something public happens to a concern."""

import re
from datetime import date, timedelta

import pytest
import time_machine

from engage.accounts.rules import Role
from engage.shared import db
from engage.youwesaid.actions import concern as concerns
from engage.youwesaid.rules.concerns import NewConcern, Refusal
from tests.people import make_person

TODAY = date(2026, 11, 23)
LATER = TODAY + timedelta(days=9)


@pytest.fixture
def concern_id(database) -> int:
    with time_machine.travel("2026-11-23T10:00:00+00:00", tick=False):
        new = NewConcern("The path is dark", "You told us.", "travel", TODAY + timedelta(days=20), TODAY, ())
        concern_id = concerns.propose(new, by=make_person(Role.VOICE), today=TODAY)
        concerns.hear(concern_id, by=make_person(Role.PQA), today=TODAY)
        db.session.commit()
    return concern_id


def updated(visitor, on: date) -> list[str]:
    with time_machine.travel(f"{on}T10:00:00+00:00", tick=False):
        return re.findall("<updated>([0-9-]+)T", visitor.get("/you-said-we-did/feed.atom").text)


def test_a_new_state_reaches_those_who_follow(visitor, concern_id):
    assert updated(visitor, LATER) == ["2026-11-23", "2026-11-23"]
    concerns.look(concern_id, by=make_person(Role.PQA), today=LATER)
    db.session.commit()
    assert updated(visitor, LATER) == ["2026-12-02", "2026-12-02"]


def test_that_we_cannot_and_why_reaches_them_too(visitor, concern_id):
    why = Refusal("The land is not ours.", "Leadership Forum", LATER + timedelta(days=90))
    concerns.refuse(concern_id, why, by=make_person(Role.PQA), today=LATER)
    db.session.commit()
    assert updated(visitor, LATER) == ["2026-12-02", "2026-12-02"]
    assert "The land is not ours." in visitor.get("/you-said-we-did/feed.atom").text


def test_that_we_owe_an_answer_is_news_on_the_day_after_the_promise(visitor, concern_id):
    assert updated(visitor, TODAY + timedelta(days=20)) == ["2026-11-23", "2026-11-23"]
    assert updated(visitor, TODAY + timedelta(days=21)) == ["2026-12-14", "2026-12-14"]
