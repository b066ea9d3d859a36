"""What one young person said, on a public page: with permission, checked by two, told in our words when few said it."""

import pytest
import time_machine

from engage.analysis.actions import reading
from engage.analysis.queries import evidence_of
from engage.shared import db
from engage.shared.errors import NotValid
from engage.youwesaid.actions import quote as actions
from engage.youwesaid.actions.concern import rest_on
from engage.youwesaid.desk.concern import said_about
from engage.youwesaid.models import QuoteRow
from engage.youwesaid.queries.desk import themes_of
from engage.youwesaid.queries.quotes import Shown, shown_quotes
from engage.youwesaid.rules.quotes import NewQuote, Said, certain_base, check_quote
from tests.answers import BUS, CLUB, PARK, excerpts, make_excerpts, make_source
from tests.coding import make_theme
from tests.people import sign_in
from tests.surveys import make_wave
from tests.youwesaid import TODAY, make_concern, make_team

MANY = Said(25, ("The bus never comes when it rains and I walk home in the dark",))
TOLD = "Several wait for buses that are late in bad weather"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-11-23T10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def team(database):
    return make_team()


def press(visitor, person, concern_id, path, **typed):
    return sign_in(visitor, person).fill_in(f"/desk/concerns/{concern_id}", path, **typed)


def test_a_quote_is_shown_once_a_second_person_checked_it_and_goes_for_good(team, visitor):
    concern_id = make_concern(team)
    chosen = press(visitor, team["voice"], concern_id, f"/desk/concerns/{concern_id}/quotes", picked="", told=TOLD)
    assert chosen.status_code == 303
    assert shown_quotes([concern_id]) == {}
    check = f"/desk/quotes/{db.session.query(QuoteRow).one().id}/check"
    assert press(visitor, team["voice"], concern_id, check).status_code == 403
    assert press(visitor, team["another"], concern_id, check).status_code == 303
    assert press(visitor, team["pqa"], concern_id, check).status_code == 409
    assert shown_quotes([concern_id]) == {concern_id: (Shown(TOLD, own_words=False),)}
    back = check.replace("check", "take_back")
    assert press(visitor, team["lead"], concern_id, back).status_code == 303
    assert press(visitor, team["lead"], concern_id, back).status_code == 409
    assert (shown_quotes([concern_id]), db.session.query(QuoteRow).one().words) == ({}, None)


def test_a_quote_of_a_restricted_concern_is_not_for_the_agency_it_is_about(team, visitor):
    concern_id = make_concern(team, about=team["council"].agency_id)
    quote_id = actions.choose(concern_id, NewQuote("", TOLD, ""), MANY, by=team["voice"], today=TODAY)
    db.session.commit()
    own = sign_in(visitor, team["council_pqa"])
    assert own.fill_in("/desk/", f"/desk/quotes/{quote_id}/check").status_code == 404
    assert own.fill_in("/desk/", "/desk/quotes/999/check").status_code == 404


@pytest.mark.parametrize(
    ("new", "said", "why"),
    [
        (NewQuote("", "", ""), MANY, "one of the two"),
        (NewQuote(MANY.answers[0], TOLD, "yes"), MANY, "one of the two"),
        (NewQuote(MANY.answers[0], "", ""), MANY, "gave permission"),
        (NewQuote(MANY.answers[0], "", "yes"), Said(19, MANY.answers), "Fewer than 20"),
        (NewQuote("Made up", "", "yes"), MANY, "does not stand under"),
        (NewQuote("", "They say: the BUS never comes, sadly", ""), MANY, "Four words in a row"),
    ],
    ids=["nothing", "both", "no permission", "few", "made up", "theirs as ours"],
)
def test_words_that_may_not_stand_there(new, said, why):
    check_quote(NewQuote(MANY.answers[0], "", "Asked at the forum, said yes"), MANY)
    check_quote(NewQuote("", TOLD, ""), Said(0, MANY.answers))
    with pytest.raises(NotValid, match=why):
        check_quote(new, said)


def test_what_was_typed_is_kept_when_it_is_refused(team, visitor):
    concern_id = make_concern(team)
    to = f"/desk/concerns/{concern_id}/quotes"
    refused = press(visitor, team["voice"], concern_id, to, picked="invented", told="", permission="She said yes")
    assert refused.status_code == 422
    assert "She said yes" in refused.text
    assert "does not stand under" in refused.text


def test_a_base_is_only_what_is_certain():
    assert certain_base([]) == 0
    assert certain_base([("autumn", 20)]) == 18, "20 may be 18"
    assert certain_base([("autumn", 20), ("autumn", 10), ("forum", 10), ("hidden", 0)]) == 26


def test_a_concern_rests_on_what_several_waves_and_a_partner_brought(team, visitor, tmp_path):
    voice, concern_id = team["voice"], make_concern(team)
    make_source(tmp_path, *CLUB)
    make_excerpts(make_wave(), *BUS[:8])
    make_excerpts(make_wave("second"), *PARK[:8])
    known, found = excerpts(), []
    for texts in (BUS[:8], PARK[:8], CLUB):
        found.append(make_theme(texts[0], voice))
        reading.confirm(found[-1], [known[words] for words in texts], by=voice)
        to = f"/desk/concerns/{concern_id}/themes"
        db.session.commit()
        assert press(visitor, voice, concern_id, to, theme_id=found[-1]).status_code == 303
    rest_on(concern_id, theme_id=found[0], by=voice, today=TODAY)  # a second time changes nothing
    assert themes_of(concern_id) == found
    evidence = evidence_of(found)
    assert len(evidence.origins) == 3
    page = sign_in(visitor, team["pqa"]).get(f"/desk/concerns/{concern_id}").text
    for origin in evidence.origins:
        assert origin.place in page
    assert said_about(evidence).base == 16, "10 may be 8; two waves of one name count once, so never too many"
