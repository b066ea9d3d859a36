"""The information officer takes claims in, answers them by a day, and what they hold is sealed and forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import LargeBinary, select, type_coerce

from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.claims.models import ClaimRow, ClaimStepRow
from engage.shared import db
from engage.shared.clock import now, today
from engage.shared.keeping import CLAIMS
from engage.staff.queries import waiting
from engage.worker import clock
from tests.people import make_person, sign_in
from tests.surveys import count

WHO, WORDS = "Invented Parent, parent@example.org", "What do you hold about my daughter?"


@pytest.fixture
def officer(visitor):
    person = make_person(Role.INFORMATION)
    sign_in(visitor, person)
    return person


def take_in(visitor, kind="access", **changes):
    typed = {"kind": kind, "received_on": today().isoformat(), "who": WHO, "words": WORDS, **changes}
    return visitor.fill_in("/desk/claims/new/", **typed)


def claim_row():
    db.session.expire_all()
    return db.session.scalars(select(ClaimRow)).one()


def close(visitor, outcome="not_found"):
    told = {"outcome": outcome, "told": "Nothing here is known to be hers."}
    return visitor.fill_in(f"/desk/claims/{claim_row().id}/", to=f"/desk/claims/{claim_row().id}/close/", **told)


def test_a_claim_is_taken_in_with_its_day_answered_step_by_step_and_closed(visitor, officer):
    address = take_in(visitor).location
    page = visitor.get(address).text
    assert "To be answered by" in page
    assert "belong to nobody we could name" in page
    visitor.fill_in(address, to=f"{address}steps/", words="Looked through the sign-ups of two forums")
    assert "Looked through the sign-ups of two forums" in visitor.get(address).text
    assert close(visitor).status_code == 303
    assert "Nothing that can be known to be theirs is held" in visitor.get("/desk/claims/").text
    assert (claim_row().closed_on, claim_row().outcome) == (today(), "not_found")


@pytest.mark.parametrize("days", [1, -400])
def test_a_day_that_has_not_come_or_is_long_gone_is_told_at_its_box_and_all_else_stays_typed(visitor, officer, days):
    refused = take_in(visitor, received_on=(today() + timedelta(days=days)).isoformat())
    assert refused.status_code == 422
    assert "not after today, and within the last year" in refused.text
    assert f'value="{WHO}"' in refused.text
    assert WORDS in refused.text
    assert count(ClaimRow) == 0


def test_a_complaint_is_closed_only_after_they_were_told_that_it_arrived(visitor, officer):
    address = take_in(visitor, "complaint").location
    assert "Tell them that it arrived" in visitor.get("/desk/claims/").text
    refused = close(visitor, "upheld")
    assert refused.status_code == 409
    assert "Tell them first that the complaint arrived" in refused.text
    visitor.fill_in(address, to=f"{address}arrived/")
    assert close(visitor, "upheld").status_code == 303


def test_a_closed_claim_changes_no_more(visitor, officer):
    address = take_in(visitor).location
    page = visitor.get(address).text
    close(visitor)
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    assert visitor.post(f"{address}steps/", data={"words": "more", "csrf_token": token}).status_code == 409
    assert count(ClaimStepRow) == 1


@pytest.mark.parametrize(
    "changes", [{"kind": ""}, {"who": ""}, {"words": ""}, {"received_on": ""}, {"received_on": "2199-01-01"}]
)
def test_what_is_missing_or_cannot_be_is_told_and_stays_typed(visitor, officer, changes):
    answer = take_in(visitor, **changes)
    assert answer.status_code == 422
    assert count(ClaimRow) == 0


def test_who_asks_and_what_is_sealed_and_never_in_the_audit(visitor, officer):
    take_in(visitor)
    raw = select(type_coerce(ClaimRow.who, LargeBinary), type_coerce(ClaimRow.words, LargeBinary))
    assert all(bytes(token).startswith(b"gAAAA") for token in db.session.execute(raw).one())
    lines = [f"{line.did} {line.about} {line.reason}" for line in db.session.scalars(select(AuditRow))]
    assert any("took in a claim: access" in line for line in lines)
    assert not any("parent" in line.lower() for line in lines)


def test_the_officer_is_told_what_waits_and_that_it_is_late(visitor, officer):
    take_in(visitor)
    line = next(one for one in waiting(officer, today()) if one.address == "/desk/claims/")
    assert (line.count, line.late) == (1, False)
    assert next(one for one in waiting(officer, today() + timedelta(days=40)) if one.address == "/desk/claims/").late
    assert [one for one in waiting(make_person(Role.VOICE), today()) if one.address == "/desk/claims/"] == []


def test_three_years_after_it_was_closed_who_asked_is_forgotten(visitor, officer):
    take_in(visitor)
    close(visitor)
    for days, who in ((-1, WHO), (2, None)):
        later = CLAIMS + timedelta(days=days)
        clock.every_night(now() + later, today() + later)
        assert claim_row().who == who
    assert count(ClaimStepRow) == 0
    assert claim_row().outcome == "not_found"


def test_a_claim_that_is_not_there_is_not_found(visitor, officer):
    assert visitor.get("/desk/claims/77/").status_code == 404
