"""The team sees how a wave goes, protected, and reminds adults who pass it on; young people are never written to."""

import re
from datetime import timedelta

import pytest

from engage.accounts.rules import Role
from engage.shared import db, outbox
from engage.shared.clock import today
from engage.shared.errors import NotOpen
from engage.shared.outbox import LetterRow
from engage.surveys.actions import waves
from engage.surveys.actions.reminding import remind
from engage.surveys.queries.waves import setting
from engage.worker.sending import send_letters
from tests.answers import BUS, make_excerpts, make_response, read_everything
from tests.mail import installed, mail_server
from tests.pages.test_surveys_desk import add_response
from tests.people import make_person, sign_in
from tests.surveys import count, make_wave

HEAD = "office@example.org"


def make_school(wave, name: str = "Invented School", target: int = 20, contact: str = HEAD):
    code = waves.add_setting(wave.id, name=name, target=target, contact=contact)
    db.session.commit()
    return setting(wave.id, code)


def test_each_place_is_held_against_what_is_hoped_for(visitor):
    wave = make_wave()
    for name, number in (("Full School", 21), ("Half School", 12), ("Small Home", 3), ("Club", 9)):
        place = make_school(wave, name)
        for _ in range(number):
            add_response(wave, place.id)
    db.session.commit()
    page = sign_in(visitor, make_person(Role.SCRUTINEER)).get("/desk/surveys/youth/fieldwork").text
    assert "<strong>45</strong>" in page
    said = [row.split("<td>")[2].split("<")[0] for row in page.partition("<tbody>")[2].split("<tr>")[1:]]
    assert said == [
        "8 or more, less than half of it",
        "all of it",
        "half of it or more",
        "fewer than 8",
        "fewer than 8",
    ]
    assert HEAD not in page


def test_the_oldest_unread_answer_is_named_whether_the_machine_saw_it_or_not(visitor):
    wave, voice = make_wave(), make_person(Role.VOICE)
    sign_in(visitor, voice)
    address = "/desk/surveys/youth/fieldwork"
    assert "unread answers" in visitor.get(address).text
    make_response(wave, words="the bus is late")
    assert "the oldest answer nobody has read" in visitor.get(address).text
    make_excerpts(wave, *BUS[:1])
    assert "the oldest answer nobody has read" in visitor.get(address).text
    read_everything(voice)
    assert "unread answers" in visitor.get(address).text


def test_a_reminder_goes_to_the_adult_of_a_place_once_a_day(visitor):
    place = make_school(make_wave())
    voice = sign_in(visitor, make_person(Role.VOICE))
    page = "/desk/surveys/youth/fieldwork"
    for _ in range(2):
        assert voice.fill_in(page, f"{page}/{place.code}/remind").status_code == 303
    assert count(LetterRow) == 1
    letter = db.session.query(LetterRow).one()
    assert (letter.to, letter.kind) == (HEAD, "a survey to pass on")
    assert f"/s/youth/at/{place.code}" in letter.body


def test_nobody_is_reminded_where_nobody_is_named_or_the_wave_is_not_open(database):
    wave = make_wave()
    with pytest.raises(NotOpen):
        remind(wave, make_school(wave, contact=""), today=today())
    with pytest.raises(NotOpen):
        remind(wave, make_school(wave), today=wave.closes_on + timedelta(days=1))
    assert count(LetterRow) == 0


@pytest.mark.parametrize("role", [Role.PQA, Role.SAFEGUARDING, Role.SCRUTINEER])
def test_others_remind_nobody(visitor, role):
    place = make_school(make_wave())
    sign_in(visitor, make_person(role))
    page = "/desk/surveys/youth/fieldwork"
    assert ">Remind<" not in visitor.get(page).text
    assert visitor.fill_in("/desk/", f"{page}/{place.code}/remind").status_code == 403
    assert count(LetterRow) == 0


def test_a_reminder_arrives_through_a_real_mail_server_and_says_no_number(app, database):
    wave = make_wave()
    place = make_school(wave)
    for _ in range(13):
        add_response(wave, place.id)
    db.session.commit()
    with mail_server() as server:
        site = installed(app, server.post)
        with site.app_context():
            remind(wave, place, today=today())
            db.session.commit()
            assert send_letters(server.post) == 1
            assert outbox.unsent() == []
            db.session.remove()
            db.engine().dispose()
        letter = server.mailbox.letters[0]
    assert letter["To"] == HEAD
    body = letter.get_payload(decode=True).decode()
    assert "Invented School" in body
    assert not re.findall(r"\b(13|15|20)\b", body.replace(f"{wave.closes_on:%-d %B %Y}", ""))


@pytest.mark.parametrize(("mode", "said"), [("private", True), ("known", False)])
def test_a_reminder_promises_only_what_page_one_does(database, mode, said):
    wave = make_wave(mode=mode)
    remind(wave, make_school(wave), today=today())
    letter = db.session.query(LetterRow).one()
    assert ("Nobody knows who has answered" in letter.body) == said
