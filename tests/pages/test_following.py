"""Following by e-mail: asked, confirmed by letter through a real mail server, told once a day, stopped by one tap."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from sqlalchemy import inspect, select

from engage.accounts.rules import Role
from engage.shared import db, throttle
from engage.shared.clock import now as moment
from engage.worker import clock
from engage.worker.sending import send_letters
from engage.youwesaid.actions import concern as concerns
from engage.youwesaid.models import ConcernHistoryRow, FollowerRow
from engage.youwesaid.rules.concerns import NewConcern
from engage.youwesaid.rules.history import MADE_PUBLIC
from engage.youwesaid.views.following import MOST
from tests.mail import Server, installed, mail_server
from tests.people import make_person

TODAY = date(2026, 11, 23)
ADA = "ada@example.org"


@pytest.fixture(autouse=True)
def travels():
    with time_machine.travel("2026-11-23T16:30:00+00:00", tick=False) as travels:
        yield travels


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with mail_server() as server:
        yield server


@pytest.fixture
def site(app, database, server):
    """The installation with that mail server, no demo: its letters, sent, and an app to visit."""
    site = installed(app, server.post)
    server.mailbox.letters.clear()
    with site.app_context():
        yield site
        db.session.remove()
        db.engine().dispose()


def say_something(topic: str = "travel", *, on: date = TODAY, about: int | None = None) -> int:
    new = NewConcern("A secret title", "You told us.", topic, on + timedelta(days=30), on, (), "", about)
    concern_id = concerns.propose(new, by=make_person(Role.VOICE), today=on)
    concerns.hear(concern_id, by=make_person(Role.PQA), today=on)
    db.session.commit()
    return concern_id


def letters(site, server) -> list:
    """What arrived since the last look, after the clock and the sender had their turn."""
    server.mailbox.letters.clear()
    clock.every_few_minutes(moment(), moment().date())
    send_letters(site.extensions["settings"].post)
    return list(server.mailbox.letters)


def text_of(letter) -> str:
    return letter.get_payload(decode=True).decode()


def path_in(letter, what: str) -> str:
    return re.search(rf"https?://[^/]+(/follow/{what}/\S+)", text_of(letter))[1]


def ask(visitor, address: str = ADA, topic: str = "travel", **more: str):
    return visitor.fill_in("/follow/", address=address, topic=topic, **more)


def rows() -> list[FollowerRow]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(FollowerRow).order_by(FollowerRow.topic)))


def follow(visitor, site, server, topic: str = "travel") -> None:
    assert ask(visitor, topic=topic).status_code == 303
    (letter,) = letters(site, server)
    path = path_in(letter, "yes")
    assert visitor.fill_in(path).status_code == 303


@pytest.fixture
def follower(visitor, site, server):
    follow(visitor, site, server)


def test_nobody_is_written_to_before_they_say_yes(visitor, site, server):
    ask(visitor)
    (letter,) = letters(site, server)
    assert letter["Subject"] == "Is this your address?"
    say_something()
    assert letters(site, server) == []
    path = path_in(letter, "yes")
    assert "Do you want these letters?" in visitor.get(path).text, "looking at it is not saying yes"
    assert rows()[0].confirmed_on is None
    visitor.fill_in(path)
    assert rows()[0].confirmed_on == TODAY
    assert letters(site, server) == [], "what was public before is not news"


def test_a_letter_says_that_something_is_new_and_nothing_else(visitor, site, server, follower):
    say_something()
    (letter,) = letters(site, server)
    assert letter["Subject"] == "Something new to read"
    for told in ("secret", "travel", "Getting around", "heard"):
        assert told not in text_of(letter)
    links = re.findall(r"https?://\S+", text_of(letter))
    assert {urlsplit(link).netloc for link in links} == {"voice.example.org"}
    assert letter.get_content_type() == "text/plain", "nothing to load, so nothing to count"
    assert "?" not in "".join(links)


def test_one_letter_a_day_after_school_and_only_when_there_is_news(site, server, follower, travels):
    say_something()
    say_something()
    travels.move_to("2026-11-23T12:00:00+00:00", tick=False)
    assert letters(site, server) == []
    travels.move_to("2026-11-23T17:00:00+00:00", tick=False)
    assert len(letters(site, server)) == 1
    say_something()
    assert letters(site, server) == []
    travels.move_to("2026-11-24T17:00:00+00:00", tick=False)
    assert len(letters(site, server)) == 1
    travels.move_to("2026-11-25T17:00:00+00:00", tick=False)
    assert letters(site, server) == []


def test_what_was_kept_back_is_news_when_it_is_released(visitor, site, server):
    concern_id = say_something(about=make_person(Role.AGENCY).agency_id)
    follow(visitor, site, server)
    say_something("home")  # a newer line, of another topic
    assert letters(site, server) == []
    for _ in range(2):  # who presses again tells nothing again
        concerns.release(concern_id, by=make_person(Role.SAFEGUARDING), today=TODAY)
    db.session.commit()
    assert len(letters(site, server)) == 1
    public = select(ConcernHistoryRow).where(ConcernHistoryRow.words == MADE_PUBLIC)
    assert len(db.session.scalars(public).all()) == 1


def test_another_topic_is_no_news_and_two_topics_are_one_letter(visitor, site, server, follower):
    say_something("home")
    assert letters(site, server) == []
    follow(visitor, site, server, topic="")
    say_something("travel")
    assert len(letters(site, server)) == 1


def test_one_tap_stops_everything_of_an_address(visitor, site, server, follower):
    follow(visitor, site, server, topic="home")
    say_something()
    path = path_in(letters(site, server)[0], "stop")
    assert len(rows()) == 2
    assert "Stop the letters?" in visitor.get(path).text
    assert len(rows()) == 2, "looking stops nothing"
    assert visitor.fill_in(path).status_code == 200
    assert rows() == []
    assert visitor.fill_in(path).status_code == 200, "twice is as good as once"


def test_a_mailbox_stops_them_by_itself(app, site, server, follower):
    say_something()
    (letter,) = letters(site, server)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = re.search(r"<https://voice\.example\.org(/follow/stop/\S+)>", letter["List-Unsubscribe"])[1]
    stopped = app.test_client().post(path, data={"List-Unsubscribe": "One-Click"})
    assert stopped.status_code == 200
    assert rows() == []


def test_a_page_gives_the_same_answer_whatever_the_address_is(visitor, site, server, follower):
    answers = {ask(visitor, address).headers["Location"] for address in (ADA, "new@example.org", "Ada@Example.org ")}
    assert answers == {"/follow/asked"}
    assert [letter["To"] for letter in letters(site, server)] == ["new@example.org"]
    ask(visitor, "new@example.org")
    assert letters(site, server) == [], "one letter a day at most, however often somebody asks"


@pytest.mark.parametrize(
    "address", ["", "ada", "ada@", "a b@example.org", "a@b@c.org", "x" * 250 + "@example.org", "a@b.c,d@e.fg"]
)
def test_what_is_no_address_is_said_and_kept_in_the_box(visitor, address):
    page = ask(visitor, address)
    assert page.status_code == 422
    assert f'value="{address}"' in page.text
    assert rows() == []


def test_a_topic_that_is_none_is_refused(visitor):
    assert ask(visitor, topic="nonsense").status_code == 422


def test_an_altered_or_stale_link_opens_nothing(visitor, site, server, follower):
    say_something()
    path = path_in(letters(site, server)[0], "stop")
    word = path.rpartition("/")[2]
    altered = path.replace(word, ("A" if word[0] != "A" else "B") + word[1:])
    for wrong in (altered, path.replace("stop", "yes"), "/follow/yes/x", "/follow/stop/%00"):
        assert visitor.get(wrong).status_code == 404
    assert len(rows()) == 1


def test_asking_again_and_again_is_slowed_down(visitor):
    throttle.count("follow", who="127.0.0.1", times=MOST - 1)
    assert ask(visitor).status_code == 303
    assert ask(visitor, "one-more@example.org").status_code == 429
    assert len(rows()) == 1


def test_addresses_are_forgotten_unconfirmed_in_days_confirmed_in_a_year(visitor, site, server, follower, travels):
    ask(visitor, "never@example.org")
    travels.move_to("2026-11-27T17:00:00+00:00", tick=False)
    clock.every_night(moment(), moment().date())
    assert [row.address for row in rows()] == [ADA]
    travels.move_to("2027-11-24T17:00:00+00:00", tick=False)
    clock.every_night(moment(), moment().date())
    assert rows() == []


def test_the_table_is_sealed_and_leads_to_no_answer(visitor, site, server, follower):
    with db.engine().connect() as connection:
        kept = connection.exec_driver_sql("SELECT * FROM follower").all()
    assert ADA not in repr(kept)
    assert inspect(db.engine()).get_foreign_keys("follower") == []


def test_letters_are_in_the_language_they_were_asked_for_in(visitor, site, server):
    visitor.get("/languages/ar")
    ask(visitor)
    (letter,) = letters(site, server)
    assert letter["Content-Language"] == "ar"
    assert "زر" in text_of(letter)
