"""The JSON beside the feed: the shape the document promises, narrowed like the page, nothing that is not public."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine

from engage.accounts.rules import Role
from engage.shared import db
from engage.youwesaid.actions import area
from engage.youwesaid.actions import concern as concerns
from engage.youwesaid.actions import update as updates
from engage.youwesaid.actions.update import NewUpdate
from engage.youwesaid.rules.concerns import NewConcern, Refusal
from tests.people import make_person

DOCUMENT = (Path(__file__).parents[2] / "docs/open-data.md").read_text()
TODAY = date(2026, 11, 23)
SOON = TODAY + timedelta(days=20)
ALL, ONE = "/you-said-we-did/concerns.json", "/you-said-we-did/the-path-is-dark.json"


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel("2026-11-23T10:00:00+00:00", tick=False):
        yield


def add(title: str, topic: str, *, heard: bool = True) -> int:
    new = NewConcern(title, "You told us.", topic, SOON, TODAY, (), "a forum")
    concern_id = concerns.propose(new, by=make_person(Role.VOICE), today=TODAY)
    if heard:
        concerns.hear(concern_id, by=make_person(Role.PQA), today=TODAY)
    db.session.commit()
    return concern_id


@pytest.fixture
def path_id(database) -> int:
    concern_id = add("The path is dark", "travel")
    area.place(concern_id, ["hendon"])
    new = NewUpdate("We put up lights.", "More lights", SOON)
    update_id = updates.draft(concern_id, new, by=make_person(Role.VOICE), today=TODAY)
    updates.check_facts(update_id, by=make_person(Role.PQA), today=TODAY)
    for _ in range(2):
        updates.approve(update_id, by=make_person(Role.AMBASSADOR), today=TODAY)
    updates.publish(update_id, by=make_person(Role.VOICE), today=TODAY)
    db.session.commit()
    return concern_id


def every_name(said: object) -> set[str]:
    if isinstance(said, list):
        return set().union(*map(every_name, said))
    return set(said) | every_name(list(said.values())) if isinstance(said, dict) else set()


def test_every_field_stands_in_the_document_and_every_field_of_the_document_is_there(visitor, path_id):
    why = Refusal("The land is not ours.", "Leadership Forum", SOON)
    concerns.refuse(path_id, why, by=make_person(Role.PQA), today=TODAY)
    db.session.commit()
    promised = set(
        re.findall(r"`([a-z_]+)`", DOCUMENT.partition("The JSON is one object")[2].partition("No figure")[0])
    )
    there = every_name(visitor.get(ALL).json) | every_name(visitor.get(ONE).json)
    assert there == promised


def test_it_says_what_the_page_says(visitor, path_id):
    said = visitor.get(ONE).json["concern"]
    assert (said["state"], said["areas"]) == ({"code": "heard", "words": "We've read this"}, ["Hendon"])
    assert said["we_did"] == [
        {
            "on": "2026-11-23", "words": "We put up lights.", "next_step": "More lights",
            "next_by": "2026-12-13", "checked_by_young_people": True,
        }
    ]  # fmt: skip
    assert (said["promised_on"], said["cannot"]) == ("2026-12-13", None)
    assert [line["words"] for line in said["history"]] == ["We've read this", "We told you what we did"]


def test_it_is_narrowed_like_the_page(visitor, path_id):
    add("No lunch", "home")
    for asked, titles in {
        "": ["No lunch", "The path is dark"], "?topic=home": ["No lunch"], "?area=hendon": ["The path is dark"],
        "?area=whole": ["No lunch"], "?q=lunches": ["No lunch"], "?state=done": [],
        "?year=2026&q=dark": ["The path is dark"],
        "?year=2025": [],
    }.items():  # fmt: skip
        assert [one["title"] for one in visitor.get(ALL + asked).json["concerns"]] == titles, asked


def test_what_nobody_agreed_yet_is_not_in_it(visitor, path_id):
    add("A secret still", "home", heard=False)
    assert "secret" not in visitor.get(ALL).text
    assert visitor.get("/you-said-we-did/a-secret-still.json").status_code == 404
