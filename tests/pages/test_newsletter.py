"""The newsletter: made of what is public, read by a second person, and gone from it what is taken back."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.shared import db
from engage.shared.outbox import LetterRow
from engage.youwesaid.actions import concern as concerns
from engage.youwesaid.actions import following
from engage.youwesaid.actions import newsletter as newsletters
from engage.youwesaid.actions import update as updates
from engage.youwesaid.actions.following import NewFollower
from engage.youwesaid.actions.update import NewUpdate
from engage.youwesaid.models import ConcernHistoryRow, ConcernRow, FollowerRow, UpdateRow
from engage.youwesaid.rules.concerns import NewConcern, Refusal
from tests.people import make_person, sign_in

SAID, TOLD, SENT = date(2026, 10, 1), date(2026, 11, 20), date(2026, 11, 23)
ALL = "/desk/newsletters/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-11-23T10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def team(database):
    roles = {
        "voice": Role.VOICE,
        "another": Role.VOICE,
        "pqa": Role.PQA,
        "amira": Role.AMBASSADOR,
        "bo": Role.AMBASSADOR,
    }
    return {name: make_person(role) for name, role in roles.items()}


def make_concern(team, title="The path is dark", *, about=None) -> int:
    new = NewConcern(title, "About 60 of you told us.", "travel", SENT + timedelta(days=60), SAID, (), "", about)
    concern_id = concerns.propose(new, by=team["voice"], today=SAID)
    concerns.hear(concern_id, by=team["pqa"], today=SAID)
    db.session.commit()
    return concern_id


def tell(team, concern_id: int, words="Three new lights stand there.", *, on=TOLD) -> int:
    update_id = updates.draft(concern_id, NewUpdate(words, "", on + timedelta(days=90)), by=team["voice"], today=on)
    updates.check_facts(update_id, by=team["pqa"], today=on)
    for who in ("amira", "bo"):
        updates.approve(update_id, by=team[who], today=on)
    updates.publish(update_id, by=team["voice"], today=on)
    db.session.commit()
    return update_id


def begin(visitor, team, edition="young", words="Hello."):
    sign_in(visitor, team["voice"])
    return visitor.fill_in(ALL, edition=edition, words=words)


def send(team, newsletter_id: int, *, on=SENT) -> None:
    newsletters.check(newsletter_id, by=team["another"])
    newsletters.issue(newsletter_id, by=team["voice"], today=on)
    db.session.commit()


def test_nobody_checks_words_above_that_were_changed_after_they_read_them(visitor, team):
    tell(team, make_concern(team))
    page = begin(visitor, team).location
    stale = re.search(r'name="?read"? value="?(\w+)', sign_in(visitor, team["another"]).get(page).text)[1]
    sign_in(visitor, team["voice"])
    assert visitor.fill_in(page, to=f"{page}/rewrite", words="Hello again.").status_code == 303
    sign_in(visitor, team["another"])
    for read in (stale, ""):
        assert visitor.fill_in(page, to=f"{page}/check", read=read).status_code == 409
    assert visitor.fill_in(page, to=f"{page}/check").status_code == 303


def test_it_goes_out_after_a_second_person_read_the_words_above(visitor, team):
    tell(team, make_concern(team))
    begun = begin(visitor, team, words="Hello, here is what changed.")
    assert begun.status_code == 303
    assert "Somebody who did not write" in visitor.get(begun.location).text
    assert visitor.fill_in(begun.location, to=f"{begun.location}/check").status_code == 403
    sign_in(visitor, team["another"])
    visitor.fill_in(begun.location, to=f"{begun.location}/check")
    visitor.fill_in(begun.location, to=f"{begun.location}/issue")
    page = visitor.get("/you-said-we-did/news/young/1").text
    assert "Hello, here is what changed." in page
    assert "Three new lights stand there." in page
    assert "/you-said-we-did/news/young/1" in visitor.get("/you-said-we-did/news/").text


def test_nobody_reads_it_before_it_is_sent(visitor, team):
    tell(team, make_concern(team))
    begin(visitor, team)
    assert visitor.get("/you-said-we-did/news/young/1").status_code == 404
    assert "no newsletter yet" in visitor.get("/you-said-we-did/news/").text


def test_changed_words_are_read_again(visitor, team):
    tell(team, make_concern(team))
    begun = begin(visitor, team)
    newsletter_id = int(begun.location.rpartition("/")[2])
    newsletters.check(newsletter_id, by=team["another"])
    db.session.commit()
    assert visitor.fill_in(begun.location, to=f"{begun.location}/rewrite", words="Hi.").status_code == 303
    assert visitor.fill_in(begun.location, to=f"{begun.location}/issue").status_code == 409


def test_what_is_told_once_is_not_told_twice_and_nothing_falls_between(visitor, team):
    tell(team, make_concern(team))
    send(team, newsletters.begin("young", words="One.", by=team["voice"], today=SENT))
    tell(team, make_concern(team, "Buses stop early"), "Two later buses run.", on=SENT)  # the day the first one went
    later = SENT + timedelta(days=5)
    send(team, newsletters.begin("young", words="Two.", by=team["voice"], today=later), on=later)
    page = visitor.get("/you-said-we-did/news/young/2").text
    assert "Two later buses run." in page
    assert "Three new lights" not in page


def test_with_nothing_new_there_is_nothing_to_send(visitor, team):
    answer = begin(visitor, team)
    assert answer.status_code == 409
    assert "Nothing was published since the last newsletter" in answer.text


def test_a_second_one_of_an_edition_waits_for_the_first(visitor, team):
    tell(team, make_concern(team))
    begin(visitor, team)
    assert "is being written" in begin(visitor, team).text
    assert begin(visitor, team, "practice").status_code == 303


def test_what_was_taken_back_is_gone_from_it(visitor, team):
    update_id = tell(team, make_concern(team))
    send(team, newsletters.begin("practice", words="Hello.", by=team["voice"], today=SENT))
    address = "/you-said-we-did/news/practice/1"
    assert "Three new lights" in visitor.get(address).text
    updates.withdraw(update_id, by=team["voice"], today=SENT)
    db.session.commit()
    assert "Three new lights" not in visitor.get(address).text


def test_it_tells_why_we_cannot_and_never_of_a_concern_that_is_held_back(visitor, team):
    refused = make_concern(team, "A pool in every park")
    why = Refusal("There is no money for pools.", "Leadership Forum", SENT + timedelta(days=200))
    concerns.refuse(refused, why, by=team["pqa"], today=TOLD)
    from_agency = make_person(Role.AGENCY)
    tell(team, make_concern(team, "Staff shouted", about=from_agency.agency_id), "They were trained.")
    send(team, newsletters.begin("practice", words="Hello.", by=team["voice"], today=SENT))
    page = visitor.get("/you-said-we-did/news/practice/1").text
    assert "There is no money for pools." in page
    assert "They were trained." not in page


def test_it_is_sent_once_to_whoever_follows_this_edition_with_a_way_to_stop(app, team):
    for address, topic in (("a@example.org", "news-young"), ("b@example.org", "news-practice"), ("c@example.org", "")):
        following.follow(NewFollower(address, topic, "pl"), today=SENT)
    following.follow(NewFollower("d@example.org", "news-young", "en"), today=SENT)  # who never says yes
    for row in db.session.scalars(select(FollowerRow).where(FollowerRow.language == "pl")):
        following.confirm(row.key, today=SENT)
    tell(team, make_concern(team))
    with app.test_request_context():
        send(team, newsletters.begin("young", words="Hello.", by=team["voice"], today=SENT))
    (letter,) = db.session.scalars(select(LetterRow).where(LetterRow.kind == "newsletter"))
    assert (letter.to, letter.language) == ("a@example.org", "pl")
    assert letter.stop_at in letter.body
    for words in ("Hello.", "Three new lights stand there.", "/you-said-we-did/news/young/1"):
        assert words in letter.body
    assert "We did" not in letter.body


def test_empty_words_are_asked_for_and_the_edition_stays_chosen(visitor, team):
    answer = begin(visitor, team, "practice", "")
    assert answer.status_code == 422
    assert "Write one or two sentences" in answer.text
    assert re.search(r'<input checked[^>]*value="practice"', answer.text)


def test_what_is_done_says_what_was_done_also_where_the_words_are_older(visitor, team):
    concern_id = make_concern(team)
    tell(team, concern_id, on=TOLD)
    send(team, newsletters.begin("young", words="One.", by=team["voice"], today=SENT))
    row = db.session.get_one(ConcernRow, concern_id)
    row.state, done = "done", SENT + timedelta(days=2)
    db.session.add(ConcernHistoryRow(concern_id=concern_id, on=done, state="done", words="", public=True))
    later = SENT + timedelta(days=5)
    send(team, newsletters.begin("young", words="Two.", by=team["voice"], today=later), on=later)
    page = " ".join(visitor.get("/you-said-we-did/news/young/2").text.split())
    assert "We say it&#39;s done" in page
    assert "Three new lights stand there." in page


def test_the_next_step_ends_before_the_next_sentence_begins(visitor, team):
    concern_id = make_concern(team)
    new = NewUpdate("Three lights stand there.", "We count them", SENT + timedelta(days=30))
    update_id = updates.draft(concern_id, new, by=team["voice"], today=TOLD)
    updates.check_facts(update_id, by=team["pqa"], today=TOLD)
    updates.publish_unchecked(update_id, ambassadors=0, by=team["voice"], today=TOLD)
    db.session.commit()
    send(team, newsletters.begin("young", words="One.", by=team["voice"], today=SENT))
    assert ">We count them.</span>" in visitor.get("/you-said-we-did/news/young/1").text


def test_a_next_step_whose_day_has_gone_is_told_without_the_day(visitor, team):
    update_id = tell(team, make_concern(team), on=TOLD)
    row = db.session.get_one(UpdateRow, update_id)
    row.next_step, row.next_by = "We count them", TOLD - timedelta(days=1)
    db.session.commit()
    send(team, newsletters.begin("young", words="One.", by=team["voice"], today=SENT))
    page = visitor.get("/you-said-we-did/news/young/1").text
    assert ">We count them.</span>" in page
    assert "We will tell you more by" not in page


@pytest.mark.parametrize("state", ["heard", "doing", "cannot"])
def test_what_was_kept_back_is_news_on_the_day_it_is_public(visitor, team, state):
    from_agency = make_person(Role.AGENCY)
    concern_id = make_concern(team, "Staff shouted", about=from_agency.agency_id)
    row = db.session.get_one(ConcernRow, concern_id)
    row.state, released = state, SENT + timedelta(days=2)
    row.reason, row.decided_by, row.look_again_on = "They were trained.", "Leadership Forum", SENT + timedelta(days=200)
    tell(team, make_concern(team))
    send(team, newsletters.begin("young", words="One.", by=team["voice"], today=SENT))
    concerns.release(concern_id, by=make_person(Role.SAFEGUARDING), today=released)
    db.session.commit()
    later = SENT + timedelta(days=5)
    send(team, newsletters.begin("young", words="Two.", by=team["voice"], today=later), on=later)
    page = visitor.get("/you-said-we-did/news/young/2").text
    assert "Staff shouted" in page
    assert ("What we can&#39;t do, and why" if state == "cannot" else "What you told us that is new") in page
    story = visitor.get("/you-said-we-did/staff-shouted").text
    assert "We put this on our public page" in story
