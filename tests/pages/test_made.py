"""For schools: poster, slide, script, paragraph and a code, made of nothing but what is public."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
import segno
import time_machine

from engage.accounts.rules import Role
from engage.shared import db
from engage.shared.outbox import link
from engage.youwesaid.actions import concern as concerns
from engage.youwesaid.actions import update as updates
from engage.youwesaid.actions.update import NewUpdate
from engage.youwesaid.rules.concerns import NewConcern, Refusal
from tests.people import make_person

TODAY = date(2026, 11, 23)
SOON = TODAY + timedelta(days=20)
PAGE = "/you-said-we-did/the-path-is-dark"
MADE = [f"{PAGE}/{name}" for name in ("for-schools", "poster", "slide")]


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel("2026-11-23T10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def concern_id(database) -> int:
    new = NewConcern("The path is dark", "You told us it is dark.", "travel", SOON, TODAY, ())
    concern_id = concerns.propose(new, by=make_person(Role.VOICE), today=TODAY)
    concerns.hear(concern_id, by=make_person(Role.PQA), today=TODAY)
    db.session.commit()
    return concern_id


def tell(concern_id: int, words: str, *, publish: bool = True) -> None:
    update_id = updates.draft(concern_id, NewUpdate(words, "", SOON), by=make_person(Role.VOICE), today=TODAY)
    updates.check_facts(update_id, by=make_person(Role.PQA), today=TODAY)
    if publish:
        updates.publish_unchecked(update_id, ambassadors=0, by=make_person(Role.VOICE), today=TODAY)
    db.session.commit()


@pytest.mark.parametrize("path", MADE)
def test_each_says_what_was_said_and_done_and_when_there_is_more(visitor, concern_id, path):
    tell(concern_id, "We put up lights.")
    tell(concern_id, "A draft nobody approved.", publish=False)
    page = visitor.get(path).text
    for words in ("You told us it is dark.", "We put up lights.", "We will tell you more by 13 December 2026."):
        assert words in page
    assert "not yet checked by young people" in page
    assert "A draft" not in page


@pytest.mark.parametrize("path", MADE)
def test_before_an_answer_and_after_a_no_each_says_so(visitor, concern_id, path):
    assert "We did" not in visitor.get(path).text.partition("<main")[2].partition("</main>")[0]
    why = Refusal("The land is not ours.", "Leadership Forum", SOON)
    concerns.refuse(concern_id, why, by=make_person(Role.PQA), today=TODAY)
    db.session.commit()
    assert "The land is not ours." in visitor.get(path).text
    assert "We will tell you more" not in visitor.get(path).text


def test_the_code_leads_to_the_page(app, visitor, concern_id):
    drawn = visitor.get(f"{PAGE}/code.svg")
    assert drawn.mimetype == "image/svg+xml"
    expected = BytesIO()
    segno.make(link(PAGE), error="m", micro=False).save(
        expected, kind="svg", scale=8, border=4, light="#fff", xmldecl=False, omitsize=True
    )
    paths = [re.findall(r'd="([^"]+)"', svg)[-1] for svg in (drawn.text, expected.getvalue().decode())]
    assert paths[0] == paths[1]
    assert link(PAGE) in visitor.get(f"{PAGE}/poster").text


def test_a_long_story_is_read_out_in_half_a_minute(visitor, concern_id):
    tell(concern_id, "We put up lights. " * 30)
    page = visitor.get(f"{PAGE}/for-schools").text
    assert int(re.search(r"about (\d+) seconds", page)[1]) <= 32


def test_what_is_not_public_has_none_of_them(visitor, database):
    for path in (*MADE, f"{PAGE}/code.svg"):
        assert visitor.get(path).status_code == 404
