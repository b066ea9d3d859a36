"""A partner's role may be for another agency than somebody's own: they act for that one, and verify neither's."""

from datetime import timedelta

import pytest
import time_machine
from click.testing import CliRunner

from engage.accounts import actions, queries
from engage.accounts.rules import Role
from engage.cli import main
from engage.shared import db
from engage.shared.clock import now, today
from engage.shared.errors import NotAllowed, NotValid
from engage.youwesaid.rules.concerns import check_verifier
from tests.people import give, make_agency, make_person, sign_in
from tests.safe.conftest import settings_of, started

NEXT = {"ends_on": today() + timedelta(days=90)}


@pytest.fixture
def both(database):
    """Somebody of the police who acts for a school for a week; gives the agencies' ids and the person's."""
    police, school = make_agency("Police (invented)", "police"), make_agency("School (invented)", "school")
    someone = make_person(Role.PQA, agency_id=police, name="Pat")
    week = today() + timedelta(days=7)
    actions.grant_role(someone.id, role=Role.AGENCY, starts_on=today(), ends_on=week, agency_id=school)
    db.session.commit()
    return police, school, someone.id


def test_they_act_for_the_agency_of_the_role_and_belong_to_both(both):
    police, school, person_id = both
    pat = queries.person_by_id(person_id)
    assert (pat.agency_id, pat.agency, pat.home_id) == (school, "School (invented)", police)
    assert pat.agencies == {police, school}
    assert queries.answering() == {school: "School (invented)"}
    for agency_id in (police, school):
        with pytest.raises(NotAllowed):
            check_verifier(agency_id, pat.agencies)


def test_an_administrator_sees_whom_somebody_works_for_beside_whom_they_act_for(both, visitor):
    sign_in(visitor, make_person(Role.ADMIN))
    listed, own = (" ".join(visitor.get(f"/desk/people/{end}").text.split()) for end in ("", f"{both[2]}/"))
    assert "<td>Police (invented)</td>" in listed
    assert "Partner agency for School (invented), until" in listed
    assert "works for Police (invented), acts for School (invented)" in own
    with time_machine.travel(now() + timedelta(days=8)):
        sign_in(visitor, make_person(Role.ADMIN))
        assert "acts for" not in visitor.get(f"/desk/people/{both[2]}/").text  # the control: the role is over


def test_after_its_last_day_they_are_of_their_own_agency_again(both):
    police, _school, person_id = both
    with time_machine.travel(now() + timedelta(days=8)):
        pat = queries.person_by_id(person_id)
        assert (pat.agency_id, pat.agency, pat.agencies) == (police, "Police (invented)", {police})
        assert pat.roles == {Role.PQA}


def test_nobody_acts_for_two_agencies_on_one_day_and_may_after_another(both):
    police, _school, person_id = both
    with pytest.raises(NotValid, match="nobody acts for two"):
        actions.grant_role(person_id, role=Role.AGENCY, starts_on=today(), **NEXT, agency_id=police)
    later = today() + timedelta(days=8)
    actions.grant_role(person_id, role=Role.AGENCY, starts_on=later, **NEXT, agency_id=police)
    given = {(one.role, one.agency) for one in queries.grants(person_id)}
    assert given == {(Role.PQA, ""), (Role.AGENCY, "School (invented)"), (Role.AGENCY, "Police (invented)")}


def test_only_a_partners_role_is_for_an_agency(both):
    _police, school, person_id = both
    with pytest.raises(NotValid, match="Partner agency"):
        actions.grant_role(person_id, role=Role.VOICE, starts_on=today(), **NEXT, agency_id=school)


def test_an_administrator_gives_it_on_the_persons_page_and_reads_for_whom_it_is(both, visitor):
    _police, school, _person_id = both
    sign_in(visitor, make_person(Role.ADMIN))
    other = make_person(Role.VOICE, name="Kim")
    page = f"/desk/people/{other.id}/"
    typed = {"role": "agency", "ends_on": NEXT["ends_on"].isoformat()}
    refused = visitor.fill_in(page, f"{page}roles/", **typed, agency="0")
    assert refused.status_code == 422
    assert "Choose the agency first" in refused.text
    assert visitor.fill_in(page, f"{page}roles/", **typed, agency=str(school)).status_code == 303
    assert "for School (invented)" in " ".join(visitor.get(page).text.split())
    db.session.rollback()
    assert queries.person_by_id(other.id).agencies == {school}


@pytest.mark.parametrize("typed", ["999", "-1", "x"])
def test_an_agency_that_was_never_offered_is_refused(both, visitor, typed):
    sign_in(visitor, make_person(Role.ADMIN))
    page = f"/desk/people/{make_person(Role.VOICE).id}/"
    words = {"role": "agency", "ends_on": NEXT["ends_on"].isoformat(), "agency": typed}
    answer = visitor.fill_in(page, f"{page}roles/", **words)
    assert answer.status_code == 422
    assert "Not a valid choice" not in answer.text


def test_a_role_that_was_given_before_roles_had_agencies_is_for_their_own(database):
    police = make_agency("Police (invented)", "police")
    someone = make_person(None, agency_id=police)
    give(someone.id, Role.AGENCY)
    assert queries.person_by_id(someone.id).agency_id == police
    assert [one.agency for one in queries.grants(someone.id)] == ["Police (invented)"]


def test_the_command_adds_somebody_of_an_agency_and_names_those_it_knows(tmp_path, monkeypatch):
    settings = settings_of(tmp_path)
    monkeypatch.setenv("ENGAGE_FOLDER", str(tmp_path))
    assert run("migrate") == (0, "The database fits this version.")
    words = ("staff", "add", "a@example.org", "--name", "Ana", "--role", "agency", "--until", NEXT["ends_on"])
    words = (*words, "--password", "a long demo password")
    assert run(*words, "--agency", "School") == (
        1, "We know no agency of this name. Known are: none yet, an administrator adds them."
    )  # fmt: skip
    with started(settings):
        make_agency("School (invented)", "school")
    code, said = run(*words, "--agency", "school")
    assert (code, "Known are: School (invented)." in said) == (1, True)
    assert run(*words) == (1, "Choose the agency first: this role only sees what its own agency agreed")
    assert run(*words, "--agency", "school (invented)")[0] == 0
    with started(settings):
        assert queries.person_by_email("a@example.org").agency == "School (invented)"


def run(*words) -> tuple[int, str]:
    ended = CliRunner().invoke(main, [str(word) for word in words])
    return ended.exit_code, " ".join(ended.output.split())
