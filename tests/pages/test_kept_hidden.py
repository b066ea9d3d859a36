"""What is about an agency stays hidden from it: a request with the same words, and after the alert is forgotten."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
import time_machine
from sqlalchemy import delete, select

from engage.accounts.rules import Role
from engage.safeguarding import actions, queries
from engage.safeguarding.models import AboutRow, AlertRow, ContactRequestRow
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared import db
from engage.shared.keeping import ALERTS, ALERTS_AT_MOST, RAW_WORDS
from engage.shared.outbox import LetterRow
from engage.worker import clock
from tests.people import make_agency, make_person, sign_in
from tests.surveys import make_wave, sent_words

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
CALL_ME = "I am Sam (invented), 07700 900123. my social worker Dana hits me"
RECEIPT = b"r" * 32


@pytest.fixture(autouse=True)
def travelling():
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


@pytest.fixture
def team(app, database):
    council = make_agency("Council (invented)")
    people = {"lead": make_person(Role.SAFEGUARDING), "theirs": make_person(Role.SAFEGUARDING, agency_id=council)}
    clients = {f"{name}'s browser": sign_in(app.test_client(), one) for name, one in people.items()}
    return {**people, **clients, "council": council}


def only(table):
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(table)).one()


def asked_to_be_called(app, **ticked) -> str:
    """What a child typed into the box for contact, where the ear heard it; gives the page of the request."""
    make_wave()
    visitor = app.test_client()
    sent_words(visitor)
    visitor.fill_in("/s/youth/contact", words=CALL_ME, **ticked)
    return f"/desk/alerts/contacts/{only(ContactRequestRow).id}/"


def raise_one(words: str = "my social worker hits me", item: str = "x", receipt: bytes | None = RECEIPT) -> int:
    before = db.session.scalars(select(AlertRow.id)).all()
    actions.raise_alert(NewAlert(words, "Survey", item, "hurt", 0.9, receipt), at=NOW)
    db.session.commit()
    return db.session.scalars(select(AlertRow.id).where(AlertRow.id.not_in(before))).one()


def ask(words: str = "Sam, 07700 900123", receipt: bytes | None = RECEIPT, *, at: datetime = NOW) -> int:
    before = db.session.scalars(select(ContactRequestRow.id)).all()
    actions.ask_for_contact(words, receipt_hash=receipt, at=at)
    db.session.commit()
    return db.session.scalars(select(ContactRequestRow.id).where(ContactRequestRow.id.not_in(before))).one()


def say(team, alert_id: int, agency_id: int | None = None) -> None:
    actions.say_about(alert_id, team["council"] if agency_id is None else agency_id, by=team["lead"])
    db.session.commit()


def close(team, alert_id: int) -> None:
    actions.acknowledge(alert_id, by=team["lead"], at=NOW)
    actions.close(alert_id, "referred", "n", by=team["lead"], at=NOW)
    db.session.get_one(AlertRow, alert_id).second_reader_wanted = False
    db.session.commit()


def forget_alerts() -> None:
    assert actions.forget_alerts(NOW + timedelta(seconds=1)) > 0
    db.session.commit()


def requests_of(someone) -> list[int]:
    return [one.id for one in queries.contact_requests(done=False, agencies=someone.agencies)]


def alerts_of(someone) -> list[int]:
    lines = (
        *queries.open_alerts(agencies=someone.agencies),
        *queries.closed_alerts(1, agencies=someone.agencies).items,
    )
    return sorted(one.id for one in lines)


def numbers_given() -> list[list[int]]:
    """The numbers of eight alerts, and of eight requests to be contacted."""
    alerts = [raise_one(f"my social worker hits me {one}", f"{one}", None) for one in range(8)]
    return [alerts, [ask(f"ring me {one}", None) for one in range(8)]]


def in_a_row(numbers: list[int]) -> bool:
    """Whether whoever sees all but one of these knows that one is kept from them."""
    return numbers == list(range(min(numbers), min(numbers) + len(numbers)))


def test_numbers_do_not_tell_that_something_is_hidden_between_them(team):
    for numbers in numbers_given():
        assert all(100_000 <= number <= 999_999 for number in numbers)
        assert not in_a_row(sorted(numbers))


def test_control_running_numbers_would_tell(team, monkeypatch):
    running = count(100_000)
    monkeypatch.setattr("engage.safeguarding.models.secrets.choice", lambda _: next(running))
    assert all(in_a_row(numbers) for numbers in numbers_given())


def test_a_number_that_is_taken_is_not_given_twice(team, monkeypatch):
    drawn = iter([234_567, 234_567, 345_678, 234_567, 456_789])
    monkeypatch.setattr("engage.safeguarding.models.secrets.choice", lambda _: next(drawn))
    assert (raise_one("hit", "a", None), raise_one("hit", "b", None)) == (234_567, 345_678)
    assert ask("ring me", None) == 234_567  # requests are numbered by themselves


def test_nor_one_that_was_drawn_for_another_written_with_it(team, monkeypatch):
    monkeypatch.setattr("engage.safeguarding.models.SIX_DIGITS", range(100_000, 100_040))
    requests = [ContactRequestRow(words="ring me", asked_at=datetime.now(UTC).replace(tzinfo=None)) for _ in range(40)]
    db.session.add_all(requests)
    db.session.commit()
    assert sorted(request.id for request in requests) == list(range(100_000, 100_040))


@pytest.mark.parametrize("ticked", [{}, {"connect": "yes"}])
def test_a_request_with_the_words_of_an_alert_is_hidden_with_it(app, team, ticked):
    page = asked_to_be_called(app, **ticked)
    say(team, only(AlertRow).id)
    theirs = team["theirs's browser"]
    assert theirs.get(page).status_code == 404
    assert theirs.fill_in("/desk/alerts/rota/", page + "open", reason="lead").status_code == 404
    assert (requests_of(team["theirs"]), len(requests_of(team["lead"]))) == ([], 1)


def test_control_without_what_was_written_down_they_would_read_it(app, team):
    page = asked_to_be_called(app)
    say(team, only(AlertRow).id)
    db.session.execute(delete(AboutRow))
    db.session.commit()
    theirs = team["theirs's browser"]
    theirs.fill_in("/desk/alerts/rota/", page + "open", reason="lead")
    assert "Dana" in theirs.get(page).text


def test_who_asks_again_with_the_same_words_is_hidden_from_them_as_well(team):
    alert_id = raise_one(CALL_ME, receipt=None)
    ask(CALL_ME, None)
    say(team, alert_id)
    ask(CALL_ME, None, at=NOW + timedelta(minutes=20))
    assert (requests_of(team["theirs"]), len(requests_of(team["lead"]))) == ([], 2)


def test_a_request_with_other_words_stays_open_until_somebody_says_it_of_the_request(team):
    say(team, raise_one(CALL_ME, receipt=None))
    other = ask("call me about Dana", None)
    assert requests_of(team["theirs"]) == [other]
    page = f"/desk/alerts/contacts/{other}/"
    lead = team["lead's browser"]
    unread = lead.fill_in("/desk/alerts/rota/", page + "about", agency=team["council"])
    assert unread.status_code == 409
    lead.fill_in(page, page + "open", reason="lead")
    assert lead.fill_in(page, page + "about", agency="").status_code == 422
    db.session.execute(delete(LetterRow))
    db.session.commit()
    assert lead.fill_in(page, page + "about", agency=team["council"]).status_code == 303
    assert "Nobody of Council (invented) can open it" in lead.get(page).text
    assert team["theirs's browser"].get(page).status_code == 404
    assert set(db.session.scalars(select(LetterRow.to))) == {team["lead"].email}
    db.session.rollback()
    lead.fill_in(page, page + "about", agency="0")
    assert team["theirs's browser"].get(page).status_code == 200


def test_said_of_a_request_it_hides_the_alert_with_the_same_words_and_all_of_its_receipt(app, team):
    page = asked_to_be_called(app, connect="yes")
    request = only(ContactRequestRow)
    actions.raise_alert(NewAlert("she shouts", "Survey", "y", "hurt", 0.9, request.receipt_hash), at=NOW)
    db.session.commit()
    assert len(alerts_of(team["theirs"])) == 2
    theirs = team["theirs's browser"]
    theirs.fill_in(page, page + "open", reason="lead")
    gone = theirs.fill_in(page, page + "about", agency=team["council"])
    assert "your own agency" in theirs.get(gone.location).text
    assert (alerts_of(team["theirs"]), len(alerts_of(team["lead"]))) == ([], 2)


def test_an_alert_that_comes_with_a_joined_request_is_hidden_like_its_receipt(team):
    say(team, raise_one())
    raise_one(CALL_ME, item="words", receipt=None)  # the ear never gives the receipt to what is typed into this box
    ask(CALL_ME)
    assert (alerts_of(team["theirs"]), len(alerts_of(team["lead"]))) == ([], 2)


def test_what_came_with_an_alert_stays_hidden_once_that_alert_is_forgotten(team):
    police = make_agency("Police (invented)")
    first, second, third = raise_one(), raise_one("the officer too", "y"), raise_one("a neighbour", "z")
    say(team, first)
    say(team, second, police)
    say(team, third, 0)
    ask()
    close(team, first)
    forget_alerts()
    assert (alerts_of(team["theirs"]), alerts_of(team["lead"])) == ([], sorted([first, second, third]))
    assert (requests_of(team["theirs"]), len(requests_of(team["lead"]))) == ([], 1)
    close(team, second)
    close(team, third)
    forget_alerts()
    assert alerts_of(team["theirs"]) == []
    say(team, third, 0)
    raise_one("again", "w")
    assert (alerts_of(team["theirs"]), len(alerts_of(team["lead"]))) == ([], 4)


def test_control_without_what_was_written_down_it_would_open_to_them(team):
    first = raise_one()
    say(team, first)
    asked = ask()
    close(team, first)
    forget_alerts()
    db.session.execute(delete(AboutRow))
    assert requests_of(team["theirs"]) == [asked]


def test_said_by_mistake_it_is_open_again_and_nothing_is_left_of_it(team):
    alert_id = raise_one(CALL_ME)
    asked = ask(CALL_ME)
    say(team, alert_id)
    say(team, alert_id, 0)
    assert (alerts_of(team["theirs"]), requests_of(team["theirs"])) == ([alert_id], [asked])
    assert db.session.scalars(select(AboutRow)).all() == []


def say_of_request(team, request_id: int, agency_id: int) -> None:
    actions.say_whom_request_is_about(request_id, agency_id, by=team["lead"])
    db.session.commit()


def test_said_of_a_request_by_mistake_the_alert_with_its_words_is_open_again_too(team):
    alert_id, asked = raise_one(CALL_ME, receipt=None), ask(CALL_ME, None)
    say_of_request(team, asked, team["council"])
    assert (alerts_of(team["theirs"]), requests_of(team["theirs"])) == ([], [])
    say_of_request(team, asked, 0)
    assert (alerts_of(team["theirs"]), requests_of(team["theirs"])) == ([alert_id], [asked])
    say(team, alert_id)
    say_of_request(team, asked, 0)  # the alert still says so
    assert (alerts_of(team["theirs"]), requests_of(team["theirs"])) == ([], [])


def test_said_of_a_request_it_holds_for_its_receipt_after_the_request_is_forgotten(team):
    police = make_agency("Police (invented)")
    alert_id, asked = raise_one("the officer too"), ask()
    say_of_request(team, asked, team["council"])
    actions.finish_contact(asked, by=team["lead"], at=NOW)
    assert actions.forget_contact_requests(NOW + timedelta(seconds=1)) == 1
    say(team, alert_id, police)
    assert (alerts_of(team["theirs"]), requests_of(team["theirs"])) == ([], [])


def test_whom_a_receipt_was_about_is_forgotten_when_nothing_carries_it(team):
    alert_id = raise_one()
    say(team, alert_id)
    late = NOW + RAW_WORDS + timedelta(days=1)
    assert actions.forget_about(late - RAW_WORDS) == 0
    close(team, alert_id)
    forget_alerts()
    assert actions.forget_about(late - RAW_WORDS) == 1
    assert alerts_of(team["theirs"]) == []


def test_a_request_that_nobody_answers_is_forgotten_in_the_end_and_stays_hidden(team, travelling):
    alert_id = raise_one()
    say(team, alert_id)
    asked = ask()
    for days, words in ((ALERTS_AT_MOST.days, "Sam, 07700 900123"), (ALERTS_AT_MOST.days + 1, None)):
        travelling.move_to(NOW + timedelta(days=days))
        clock.forget_what_was_said(NOW + timedelta(days=days), (NOW + timedelta(days=days)).date())
        db.session.commit()
        assert only(ContactRequestRow).words == words
    assert only(ContactRequestRow).receipt_hash is None
    assert (requests_of(team["theirs"]), requests_of(team["lead"])) == ([], [asked])
    assert ALERTS_AT_MOST > ALERTS
