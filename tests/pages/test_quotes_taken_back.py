"""Their own words stand on a public page for as long as an answer holds them, and no longer."""

import pytest

from engage.analysis.actions.reading import take_out
from engage.analysis.jobs import do_all
from engage.shared import crypto, db
from engage.shared.clock import now, today
from engage.surveys.actions.sittings import delete_sent
from engage.worker import clock
from engage.youwesaid.actions import quote as actions
from engage.youwesaid.queries.quotes import Shown, shown_quotes
from engage.youwesaid.rules.quotes import NewQuote, Said
from tests.answers import excerpts, make_response
from tests.surveys import make_wave
from tests.youwesaid import make_concern, make_team

THEIRS = "The bus never comes when it rains and we all get wet"
OTHERS = "Nobody mends the light at the stop beside the library"
TOLD = "Several wait for buses that are late in bad weather"


@pytest.fixture
def here(database):
    """A concern with three quotes: one of theirs that is tried here, one of somebody else's, one told in our words."""
    team, wave = make_team(), make_wave()
    receipt = make_response(wave, words=THEIRS)
    make_response(wave, words=OTHERS)
    do_all()
    concern_id = make_concern(team)
    for picked, told in ((THEIRS, ""), (OTHERS, ""), ("", TOLD)):
        new = NewQuote(picked, told, "asked, said yes" if picked else "")
        quote_id = actions.choose(concern_id, new, Said(25, (THEIRS, OTHERS)), by=team["voice"], today=today())
        actions.check(quote_id, by=team["another"], today=today())
    db.session.commit()
    return {"concern": concern_id, "wave": wave, "receipt": receipt, "voice": team["voice"]}


def public(here) -> list[str]:
    """The quotes on the page, after the worker has read and its clock has gone round."""
    db.session.commit()
    do_all()
    clock.every_few_minutes(now(), today())
    db.session.expire_all()
    return [one.words for one in shown_quotes([here["concern"]])[here["concern"]]]


def test_while_the_answer_is_there_its_quote_stays(here):
    assert public(here) == [THEIRS, OTHERS, TOLD]


def test_their_own_words_leave_the_page_when_they_delete_what_they_sent(here):
    assert delete_sent(wave_id=here["wave"].id, receipt_hash=here["receipt"])
    db.session.commit()
    do_all()
    before = shown_quotes([here["concern"]])[here["concern"]]
    assert Shown(THEIRS, own_words=True) in before  # the control: without the clock they would stand there on
    assert public(here) == [OTHERS, TOLD]


def test_words_that_a_reader_takes_out_of_the_answer_leave_the_page_too(here):
    take_out(excerpts()[THEIRS], ["rains"], by=here["voice"])
    assert public(here) == [OTHERS, TOLD]


def test_nothing_is_taken_back_while_the_key_of_some_answers_is_missing(here, app, monkeypatch):
    assert delete_sent(wave_id=here["wave"].id, receipt_hash=here["receipt"])
    db.session.commit()
    do_all()
    monkeypatch.setattr(crypto, "_open", lambda _token, _key: None)
    db.session.expire_all()
    assert actions.take_back_gone(today()) == 0
