"""A list that has grown long is cut into pages, and nothing on it is out of reach."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from engage.accounts.rules import Role
from engage.safeguarding.models import AlertRow, ContactRequestRow
from engage.shared import db
from engage.youwesaid.models import ActionRow, ConcernRow, UpdateRow
from tests.people import make_agency, make_person, sign_in

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC).replace(tzinfo=None)
TODAY = date(2026, 11, 23)
MANY = 60


def make_alerts(*, state: str, outcome: str | None) -> None:
    for number in range(MANY):
        at = NOW + timedelta(minutes=number)
        row = AlertRow(
            state=state, outcome=outcome, heard_from=bytes([number]) * 32, place=f"Place {number}.", kind="hurt",
            score=0.5, words="x", raised_at=at, words_at=at, closed_at=at if outcome else None,
            second_reader_wanted=False,
        )  # fmt: skip
        db.session.add(row)
    db.session.commit()


def make_concerns() -> None:
    someone, agency_id = make_person(Role.VOICE), make_agency()
    for number in range(MANY):
        day = TODAY + timedelta(days=number)
        row = ConcernRow(
            slug=f"c{number}", title=f"Place {number}.", you_said="x", topic="travel", state="heard", said_on=day,
            promised_on=day + timedelta(days=900),
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        db.session.add(ActionRow(concern_id=row.id, agency_id=agency_id, what="x", state="proposed"))
        update = UpdateRow(concern_id=row.id, state="draft", we_did="x", written_by=someone.id, written_on=day)
        db.session.add(update)
    db.session.commit()


def places(page: str) -> set[str]:
    return set(re.findall(r"(?:Place|Open request) (\d+)", page))


def turn_through(visitor, address: str) -> list[set[str]]:
    """What each page shows, going from one to the next by its own link."""
    shown, following = [], address
    while following:
        page = visitor.get(following).text
        shown.append(places(page))
        found = re.search(r'rel="next" href="([^"]+)"', page)
        following = found[1].replace("&amp;", "&") if found else ""
    return shown


@pytest.mark.parametrize("closed", [True, False])
def test_every_alert_can_be_reached(visitor, closed):
    make_alerts(state="closed" if closed else "raised", outcome="referred" if closed else None)
    sign_in(visitor, make_person(Role.SAFEGUARDING))
    first, second = turn_through(visitor, "/desk/alerts/closed/" if closed else "/desk/alerts/")
    assert (len(first), len(second), len(first | second)) == (50, 10, MANY)
    if not closed:
        assert "60 to read" in visitor.get("/desk/alerts/?page=2").text


def test_every_request_for_contact_can_be_reached(visitor):
    db.session.add_all(ContactRequestRow(words="x", asked_at=NOW) for _ in range(MANY))
    db.session.commit()
    sign_in(visitor, make_person(Role.SAFEGUARDING))
    first, second = turn_through(visitor, "/desk/alerts/contacts/")
    assert (len(first), len(second)) == (50, 10)


@pytest.mark.parametrize("address", ["/desk/concerns/", "/desk/actions/", "/desk/updates/", "/you-said-we-did/"])
def test_every_concern_action_and_update_can_be_reached(visitor, address):
    make_concerns()
    sign_in(visitor, make_person(Role.VOICE))
    first, second = turn_through(visitor, address)
    assert (len(first), len(second), len(first | second)) == (50, 10, MANY)


def test_turning_the_page_keeps_what_was_chosen(visitor):
    make_concerns()
    first, second = turn_through(visitor, "/you-said-we-did/?topic=travel&state=heard")
    assert len(first | second) == MANY
    assert turn_through(visitor, "/you-said-we-did/?topic=school") == [set()]


def test_the_feed_holds_the_newest_fifty(visitor):
    make_concerns()
    feed = visitor.get("/you-said-we-did/feed.atom").text
    assert feed.count("<entry>") == 50
    assert "Place 59." in feed
    assert "Place 9." not in feed


@pytest.mark.parametrize("asked", ["0", "-3", "abc", "99", "99999999999999999999999"])
def test_a_page_that_is_not_there_is_empty_and_no_error(visitor, asked):
    make_alerts(state="closed", outcome="referred")
    sign_in(visitor, make_person(Role.SAFEGUARDING))
    for address in ("/desk/alerts/closed/", "/you-said-we-did/"):
        assert visitor.get(f"{address}?page={asked}").status_code == 200
