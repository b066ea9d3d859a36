"""An answer about a professional is hidden from their agency wherever answers are read, not only as an alert."""

import pytest
from flask import request
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from engage.accounts.rules import Role
from engage.analysis.actions import reading
from engage.analysis.actions.hiding import hide_answers, hide_new
from engage.analysis.actions.reporting import report_wave
from engage.analysis.actions.themes import add
from engage.analysis.jobs import do_all
from engage.analysis.models import CodingRow, ExcerptAboutRow, ExcerptRow
from engage.analysis.queries import hidden
from engage.analysis.queries.waiting import unread
from engage.analysis.rules import Naming
from engage.safeguarding import actions
from engage.safeguarding.models import AlertRow, ContactRequestRow
from engage.safeguarding.rules.about import check_somebody_else
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared import db
from engage.shared.clock import now, today
from engage.shared.errors import NotOpen
from engage.shared.outbox import LetterRow
from engage.surveys.actions.waves import close_wave
from engage.surveys.queries.written import written_keys_of_receipt
from tests.answers import make_response
from tests.people import make_agency, make_person, sign_in
from tests.surveys import make_wave

WORDS = "my social worker hits me and i am scared of her"
OTHER = "the bus is always late"
PAGES = (
    "/desk/reading/",
    "/desk/reading/?show=read",
    "/desk/reading/{id}",
    "/desk/reading/{id}/original",
    "/desk/coding/?where=wave:{wave}",
    "/desk/themes/{theme}",
    "/desk/themes/{theme}/split",
)


@pytest.fixture
def here(app, database):
    """An answer about somebody of the council, coded; two of the team, two leads, one of each from the council."""
    council, wave = make_agency("Council (invented)"), make_wave()
    people = {
        "theirs": make_person(Role.VOICE, agency_id=council),
        "ours": make_person(Role.VOICE),
        "their_lead": make_person(Role.SAFEGUARDING, agency_id=council),
        "lead": make_person(Role.SAFEGUARDING),
    }
    receipt = make_response(wave, words=WORDS)
    make_response(wave, words=OTHER)
    do_all()
    excerpt_id = db.session.scalars(select(ExcerptRow.key).where(ExcerptRow.flagged)).one().hex()
    theme_id = add(Naming("People who help", "", sensitive=False), today=today(), by=people["ours"])
    reading.confirm(theme_id, [excerpt_id], by=people["ours"])
    db.session.commit()
    clients = {name: sign_in(app.test_client(), one) for name, one in people.items()}
    facts = {"wave": wave, "receipt": receipt, "id": excerpt_id, "theme": theme_id, "council": council}
    return {**clients, **facts, "people": people}


def say_about(here, agency_id: int) -> None:
    alert_id = db.session.scalars(select(AlertRow.id).where(AlertRow.receipt_hash == here["receipt"])).one()
    actions.say_about(alert_id, agency_id, by=here["people"]["lead"])
    db.session.commit()


def seen(here, who: str) -> list[str]:
    """The pages on which this person reads the words."""
    fill = {"id": here["id"], "wave": here["wave"].code, "theme": here["theme"]}
    return [page for page in PAGES if "social worker" in here[who].get(page.format(**fill)).text]


def test_nobody_of_the_agency_reads_it_and_everybody_else_still_does(here):
    before = seen(here, "theirs")
    assert before == seen(here, "ours")
    assert len(before) >= 3
    say_about(here, here["council"])
    assert seen(here, "theirs") == seen(here, "their_lead") == []
    assert seen(here, "ours") == before
    assert here["theirs"].get(f"/desk/reading/{here['id']}").status_code == 404
    assert OTHER in here["theirs"].get("/desk/reading/").text


def test_about_people_of_two_agencies_it_is_kept_from_both(here):
    police = make_agency("Police (invented)")
    second = NewAlert("the officer too", "Survey: more", "more", "hurt", 0.9, here["receipt"])
    actions.raise_alert(second, at=now())
    first, other = db.session.scalars(select(AlertRow).order_by(AlertRow.raised_at)).all()
    lead = here["people"]["lead"]
    actions.say_about(first.id, here["council"], by=lead)
    actions.say_about(other.id, police, by=lead)
    db.session.commit()
    assert (first.about_agency_id, other.about_agency_id) == (here["council"], police)
    assert seen(here, "theirs") == seen(here, "their_lead") == []
    assert [here["their_lead"].get(f"/desk/alerts/{one.id}/").status_code for one in (first, other)] == [404, 404]
    letters = list(db.session.scalars(select(LetterRow.to)))
    assert lead.email in letters
    assert here["people"]["their_lead"].email not in letters
    actions.say_about(other.id, 0, by=lead)
    db.session.commit()
    assert seen(here, "theirs") == []


def test_somebody_of_none_of_the_agencies_must_be_left_to_open_it():
    check_somebody_else([{1}, {2}, set()], {1, 2})
    check_somebody_else([{1}, {3}], {1, 2})
    with pytest.raises(NotOpen, match="nobody could open it"):
        check_somebody_else([{1}, {2}, {1, 3}], {1, 2})


def test_a_hidden_answer_never_stands_for_one_that_says_the_same(here):
    receipts = [make_response(here["wave"], words="nothing really") for _ in range(2)]
    do_all()
    by_written = {
        row.written_key: row.key for row in db.session.execute(select(ExcerptRow.key, ExcerptRow.written_key))
    }
    first = min(receipts, key=lambda receipt: by_written[written_keys_of_receipt(receipt)[0]])
    db.session.commit()
    assert here["theirs"].get("/desk/reading/").text.count("nothing really") == 1
    hide_answers(first, (), {here["council"]})
    db.session.commit()
    assert here["theirs"].get("/desk/reading/").text.count("nothing really") == 1
    assert here["ours"].get("/desk/reading/").text.count("nothing really") == 2


def test_without_the_wall_the_agency_would_go_on_reading_it(here, monkeypatch):
    say_about(here, here["council"])
    monkeypatch.setattr(hidden, "known", lambda: None)
    assert seen(here, "theirs") == seen(here, "ours") != []


POSTS = ("read", "calm", "unread", "take-out", "put-back-words", "original", "alert", "code", "not-this")


def do_to_it(here, who: str, verb: str):
    fields = {"theme": here["theme"], "words": "social worker", "reason": "safe"}
    return here[who].fill_in("/desk/reading/", f"/desk/reading/{here['id']}/{verb}", **fields)


@pytest.mark.parametrize("verb", POSTS)
def test_nothing_can_be_done_to_it_from_there(here, verb):
    reading.take_out(here["id"], ["scared"], by=here["people"]["ours"])  # so that there is something to put back
    db.session.commit()
    say_about(here, here["council"])
    answer = do_to_it(here, "theirs", verb)
    assert answer.status_code == 404
    assert "social worker" not in answer.text
    assert do_to_it(here, "ours", verb).status_code in {200, 303}  # the same, word for word, done by somebody else


def shapes(key: bytes):
    """Each way in which the queries of this feature ask for excerpts."""
    other, many = aliased(ExcerptRow), func.count(ExcerptRow.key)
    named = select(ExcerptRow.key).where(ExcerptRow.key == key)
    return {
        "a row": select(ExcerptRow).where(ExcerptRow.key == key),
        "columns": select(ExcerptRow.words).where(ExcerptRow.key == key),
        "a count": select(many).where(ExcerptRow.key == key).having(many > 0),
        "joined": select(CodingRow.theme_id).join(ExcerptRow, ExcerptRow.key == CodingRow.excerpt_key),
        "under another name": select(other.words).where(other.key == key),
        "in a subquery": select(CodingRow.theme_id).where(CodingRow.excerpt_key.in_(named)),
        "in one of its own": select(named.subquery().c.key),
    }  # fmt: skip


def test_every_way_of_asking_is_walled(app, here):
    say_about(here, here["council"])
    found = {}
    for who in ("theirs", "ours"):
        with app.test_request_context("/desk/"):
            request.environ["engage.person"] = here["people"][who]
            asked = shapes(bytes.fromhex(here["id"])).items()
            found[who] = {name for name, shape in asked if db.session.execute(shape).all()}
    assert found == {"theirs": set(), "ours": set(shapes(b""))}


def test_it_stays_hidden_once_the_wave_is_reported_and_can_be_reported_by_them(here):
    say_about(here, here["council"])
    theirs = here["people"]["theirs"]
    wave = here["wave"]
    assert unread(wave.id) > 0
    for row in db.session.scalars(select(ExcerptRow)).all():
        reading.mark_read(row.key.hex(), by=here["people"]["ours"], today=today())
    close_wave(wave.id, roles=theirs.roles, on=today())
    report_wave(wave.code, by=theirs)
    db.session.commit()
    assert seen(here, "theirs") == []
    assert seen(here, "ours") != []


def test_what_the_worker_makes_ready_later_is_hidden_as_well(here):
    say_about(here, here["council"])
    db.session.query(ExcerptAboutRow).delete()  # as it is where the worker had not come to it yet
    db.session.commit()
    assert seen(here, "theirs") != []
    hide_new()
    db.session.commit()
    assert seen(here, "theirs") == []


def test_where_no_receipt_leads_to_it_the_same_words_are_hidden(here):
    db.session.query(AlertRow).update({"receipt_hash": None})
    alert_id = db.session.scalars(select(AlertRow.id)).one()
    actions.say_about(alert_id, here["council"], by=here["people"]["lead"])
    db.session.commit()
    assert seen(here, "theirs") == []
    assert OTHER in here["theirs"].get("/desk/reading/").text


def test_said_to_be_about_nobody_of_ours_it_is_read_by_everybody_again(here):
    say_about(here, here["council"])
    say_about(here, 0)
    assert seen(here, "theirs") == seen(here, "ours")


def test_what_else_the_same_person_says_is_hidden_too(here):
    again = NewAlert("she does it every week", "Survey: more", "more", "hurt", 0.9, here["receipt"])
    say_about(here, here["council"])
    actions.raise_alert(again, at=now())
    contact = ContactRequestRow(words="call me", asked_at=now().replace(tzinfo=None), receipt_hash=here["receipt"])
    db.session.add(contact)
    db.session.commit()
    page = f"/desk/alerts/contacts/{contact.id}/"
    assert [here[who].get(page).status_code for who in ("their_lead", "lead")] == [404, 200]
    for who, many in (("their_lead", 0), ("lead", 2)):
        assert here[who].get("/desk/alerts/").text.count("Open alert") == many
        assert ("asked to be contacted" in here[who].get("/desk/alerts/").text) == bool(many)
