"""Beside the words of a concern: what changed or was taken back, quotes, plans, and whether young people notice it."""

from datetime import timedelta

import pytest
import time_machine

from engage.accounts.rules import Role
from engage.shared import db
from engage.youwesaid.actions import concern as concerns
from engage.youwesaid.actions import felt_check, quote, translating
from engage.youwesaid.actions import update as updates
from engage.youwesaid.actions.update import NewUpdate
from engage.youwesaid.models import FeltCheckRow
from engage.youwesaid.queries.translating import texts
from engage.youwesaid.rules.felt_check import Counts
from engage.youwesaid.rules.quotes import NewQuote, Said
from engage.youwesaid.rules.translating import Typed
from tests.felt import CLOSES, make_check, raise_hands
from tests.people import make_person
from tests.youwesaid import SOON, TODAY, Team, make_concern, make_team

PAGE = "/you-said-we-did/the-path-is-dark"
LATER = TODAY + timedelta(days=2)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel("2026-11-25T10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def team(database) -> Team:
    return make_team()


def publish(team: Team, update_id: int, today=TODAY) -> int:
    updates.check_facts(update_id, by=team["another"], today=today)
    for one in ("first", "second"):
        updates.approve(update_id, by=team[one], today=today)
    updates.publish(update_id, by=team["voice"], today=today)
    db.session.commit()
    return update_id


def tell(team: Team, concern_id: int, words: str = "We put up 4 lights.") -> int:
    return publish(team, updates.draft(concern_id, NewUpdate(words, "", SOON), by=team["voice"], today=TODAY))


def change(team: Team, update_id: int, words: str = "We put up 14 lights.") -> int:
    return publish(team, updates.revise(update_id, NewUpdate(words, "", SOON), by=team["voice"], today=LATER), LATER)


def test_changed_words_say_since_when_and_the_old_ones_are_gone(team, visitor):
    change(team, tell(team, make_concern(team)))
    page = visitor.get(PAGE).text
    assert "First told on 23 November 2026, changed on 25 November 2026." in page
    assert "We put up 14 lights." in page
    assert "4 lights" not in page.replace("14 lights", "")


def test_a_translation_stays_behind_words_that_were_changed(team, visitor):
    concern_id = make_concern(team)
    update_id = tell(team, concern_id)
    place = next(text.place for text in texts(concern_id, "pl") if text.english == "We put up 4 lights.")
    translating.translate(concern_id, "pl", Typed({place: "Są 4 lampy."}), by=team["voice"], today=TODAY)
    db.session.commit()
    assert "Są 4 lampy." in visitor.get(f"{PAGE}?lang=pl").text
    change(team, update_id)
    page = visitor.get(f"{PAGE}?lang=pl").text
    assert "We put up 14 lights." in page
    assert "Są 4 lampy." not in page
    assert "Tekst zmienił się po przetłumaczeniu" in page
    assert [text.words for text in texts(concern_id, "pl") if text.standing == "behind"] == ["Są 4 lampy."]


@pytest.mark.parametrize("for_safety", [True, False])
def test_words_that_were_taken_back_are_named_by_their_day_only(team, visitor, for_safety):
    update_id = tell(team, make_concern(team), "Ada told us.")
    updates.withdraw(update_id, for_safety=for_safety, reason="somebody could be found", by=team["lead"], today=LATER)
    db.session.commit()
    page = visitor.get(PAGE).text
    assert "Words from 23 November 2026 were taken back" in page
    assert ("taken back, to keep someone safe." in page) == for_safety
    assert "Ada" not in page
    assert "could be found" not in page


def test_a_quote_and_the_plan_it_serves_stand_on_the_page(team, visitor):
    concern_id = make_concern(team)
    new = NewQuote("", "Several go the long way round in the dark", "")
    quote_id = quote.choose(concern_id, new, Said(25, ()), by=team["voice"], today=TODAY)
    concerns.serve(concern_id, ["plan-safe"])
    db.session.commit()
    assert "the long way round" not in visitor.get(PAGE).text
    quote.check(quote_id, by=team["another"], today=TODAY)
    db.session.commit()
    page = visitor.get(PAGE).text
    assert "Several go the long way round in the dark" in page
    assert "Told in our words." in page
    assert "Children and young people are safe where they live" in page


def test_young_people_are_asked_on_the_page_and_what_they_said_stands_there(team, visitor):
    check_id = make_check(team["voice"])
    code = db.session.get_one(FeltCheckRow, check_id).code
    assert f'href="/felt/{code}"' in visitor.get(PAGE).text
    raise_hands(check_id, Counts(better=28, no_change=9, worse=8), by=make_person(Role.VOICE))
    have = {"If-None-Match": visitor.get(PAGE).headers["ETag"]}
    felt_check.report_due(CLOSES + timedelta(days=1))
    db.session.commit()
    page = visitor.get(PAGE, headers=have).text
    assert "Young people say it&#39;s better." in page or "Young people say it's better." in page
    assert "say it's better, most likely between" in page or "say it&#39;s better, most likely between" in page
    assert f'href="/felt/{code}"' not in page
