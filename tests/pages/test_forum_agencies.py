"""Agencies from a list: no spelling gets an agency more places, and the organiser joins two names into one."""

from dataclasses import replace

import pytest
import time_machine

from engage.accounts.rules import Role
from engage.forums.actions import changing, offers
from engage.forums.models import ForumAgencyRow, SignUpRow
from engage.forums.queries.agencies import choosable, typed_agencies
from engage.forums.rules.agencies import ANOTHER, counted_as, meant, on_list
from engage.shared import db
from engage.shared.clock import now
from tests import doors, forums
from tests.people import make_agency, make_person, sign_in
from tests.signing_up import WORKER, check, only, rows, sign_up, slug_of

SCHOOL = "Northway School"
TWO_EACH = replace(forums.LIMITS, agency_cap=2)


def come(forum_id: int, *names: str) -> list[str]:
    return [forums.join(forum_id, forums.professional(name)).state for name in names]


def counts(forum_id: int) -> dict[str, int]:
    return {row.agency_key: row.taken for row in rows(ForumAgencyRow) if row.forum_id == forum_id and row.taken}


@pytest.fixture
def forum_id(database) -> int:
    found = forums.make_forum(limits=TWO_EACH)
    forums.list_agencies(found, SCHOOL)
    return found


@pytest.fixture
def team(visitor):
    return sign_in(visitor, make_person(Role.VOICE))


@pytest.mark.parametrize("way", ["work", "group"])
def test_who_comes_for_work_chooses_from_partners_and_from_what_the_team_listed(visitor, forum_id, way):
    other = forums.make_forum(theme="Another one")
    make_agency("Police")
    forums.list_agencies(other, "Everywhere trust", everywhere=True)
    forums.list_agencies(other, "Elsewhere school")
    page = visitor.get(f"/forums/{slug_of(forum_id)}/{way}").text
    for name in ("Everywhere trust", SCHOOL, "Police"):
        assert page.count(f'<option value="{name}">') == 1
    assert "Elsewhere school" not in page
    assert "Another organisation" in page


def test_who_chooses_nothing_is_asked(visitor, forum_id):
    page = check(visitor, slug_of(forum_id), WORKER | {"agency": "", "agency_other": ""}, "work")
    assert page.status_code == 422
    assert "Choose where you work" in page.text
    page = check(visitor, slug_of(forum_id), WORKER | {"agency_other": ""}, "work")
    assert "Type where you work" in page.text


@pytest.mark.parametrize(("said", "kept"), [(SCHOOL, SCHOOL), ("*", "Northway School, Barnet")])
def test_a_typed_name_that_reads_like_a_listed_one_is_asked_about_before_a_place_is_taken(
    visitor, forum_id, said, kept
):
    slug, typed = slug_of(forum_id), WORKER | {"agency_other": "Northway School, Barnet"}
    page = check(visitor, slug, typed, "work")
    assert page.status_code == 422
    assert "Did you mean one of these?" in page.text
    assert rows(SignUpRow) == []
    sign_up(visitor, slug, typed | {"agency_meant": said}, "work")
    assert (only(SignUpRow).agency, counts(forum_id)) == (kept, {"northway school": 1})


def test_a_name_typed_without_choosing_anything_counts_as_another_organisation(visitor, forum_id):
    page = check(visitor, slug_of(forum_id), WORKER | {"agency": "", "agency_other": "Kite Club"}, "work").text
    assert "Kite Club" in page
    assert "Check your answers" in page
    assert "Only if it is not on the list." in visitor.get(f"/forums/{slug_of(forum_id)}/group").text


def test_a_listed_name_typed_another_way_is_that_one_without_asking(visitor, forum_id):
    sign_up(visitor, slug_of(forum_id), WORKER | {"agency_other": "northway   SCHOOL"}, "work")
    assert only(SignUpRow).agency == SCHOOL


def test_the_cap_of_an_agency_is_dodged_by_no_spelling(forum_id):
    names = (SCHOOL, "Northway School, Barnet", "North way Skool", "the northway school", "NORTHWAY", "Nórthway School")
    assert come(forum_id, *names) == ["confirmed"] * 2 + ["waitlisted"] * 4
    forums.check_ledger(forum_id)


@pytest.mark.parametrize("ending", ["cancel", "take_away", "let_go"])
def test_a_place_that_ends_gives_its_agency_the_place_back(forum_id, team, ending):
    first = forums.join(forum_id, forums.professional(SCHOOL))
    assert come(forum_id, SCHOOL, SCHOOL) == ["confirmed", "waitlisted"]
    if ending == "take_away":
        changing.take_away(first.id, "Somebody else comes", at=now(), by=make_person(Role.VOICE))
    else:
        changing.cancel(first.id, at=now())
    db.session.commit()
    offered = next(row for row in rows(SignUpRow) if row.state == "offered")
    if ending == "let_go":
        offers.decline(offered.id, at=now())
        db.session.commit()
        assert counts(forum_id) == {"northway school": 1}
        assert come(forum_id, SCHOOL)[-1] == "confirmed"
    assert counts(forum_id) == {"northway school": 2}
    forums.check_ledger(forum_id)


def test_names_on_no_list_share_one_count_however_many_they_are(forum_id):
    assert come(forum_id, "Lantern Trust", "Riverside Boxing", "Kite Club") == ["confirmed"] * 2 + ["waitlisted"]
    assert counts(forum_id) == {ANOTHER: 2}
    forums.check_ledger(forum_id)


def test_who_waits_because_of_the_cap_reads_about_it(visitor, forum_id):
    come(forum_id, SCHOOL, SCHOOL)
    address = sign_up(visitor, slug_of(forum_id), WORKER | {"agency": SCHOOL}, "work").headers["Location"]
    assert (
        "Places for people of one organisation: at most 2, so that the room stays mixed." in visitor.get(address).text
    )


def test_listing_a_typed_name_gives_it_a_count_of_its_own_and_who_waited_for_that_an_offer(forum_id, team):
    come(forum_id, "Lantern Trust", "Riverside Boxing", "Kite Club")
    page = f"/desk/forums/{forum_id}/agencies"
    assert "Organisations on no list hold 2 of 2 places together" in " ".join(team.get(page).text.split())
    assert team.fill_in(page, page, name="Kite Club").status_code == 303
    assert counts(forum_id) == {ANOTHER: 2, "kite club": 1}
    assert [row.state for row in rows(SignUpRow)] == ["confirmed", "confirmed", "offered"]
    forums.check_ledger(forum_id)


def test_the_organiser_joins_two_names_into_one_and_their_counts_with_them(forum_id, team):
    come(forum_id, SCHOOL, "NW Secondary", "NW Secondary")
    page = f"/desk/forums/{forum_id}/agencies"
    assert [one.name for one in typed_agencies(forum_id)] == ["NW Secondary"]
    assert team.fill_in(page, f"{page}/join", typed="NW Secondary", listed=SCHOOL).status_code == 303
    assert {row.agency for row in rows(SignUpRow)} == {SCHOOL}
    assert counts(forum_id) == {"northway school": 3}
    assert "over the limit: nobody else of it gets a place" in team.get(page).text
    assert come(forum_id, SCHOOL) == ["waitlisted"]
    forums.check_ledger(forum_id, joined=True)


def test_taking_an_agency_from_the_list_counts_its_people_with_the_others(forum_id, team):
    come(forum_id, SCHOOL)
    page = f"/desk/forums/{forum_id}/agencies"
    listed = next(one.id for one in choosable(forum_id))
    for _ in range(2):
        assert team.fill_in(page, f"{page}/{listed}/remove").status_code == 303
    assert counts(forum_id) == {ANOTHER: 1}


def test_an_agency_is_listed_once_and_by_a_name(forum_id, team):
    page = f"/desk/forums/{forum_id}/agencies"
    for name, says in (("northway school", "on the list already"), ("", "Type the name"), ("- -", "Type the name")):
        answer = team.fill_in(page, page, name=name)
        assert answer.status_code == 422
        assert says in answer.text
    assert team.fill_in(page, f"{page}/join", typed="x", listed="Nobody").status_code == 303


def test_the_door_offers_the_list_and_asks_too(visitor, database):
    here = doors.make_forum()
    forums.list_agencies(here.id, SCHOOL)
    with time_machine.travel(doors.DURING, tick=False):
        doors.begin()
        team, page = sign_in(visitor, make_person(Role.VOICE)), f"/desk/forums/{here.id}/door"
        assert f'<option value="{SCHOOL}">' in team.get(page).text
        typed = {"place": "professional", "first_name": "Ola", "contact": "07700 900124", "role": "Teacher"}
        typed |= {"agency": "*", "agency_other": "Northway Skool", "photos": "none", "relation": ""}
        answer = team.fill_in(page, f"{page}/walk-in", **typed)
        assert answer.status_code == 422
        assert "Is it one of these?" in answer.text
        assert team.fill_in(page, f"{page}/walk-in", **typed, agency_meant=SCHOOL).status_code == 303
    assert only(SignUpRow).agency == SCHOOL


def test_a_name_reads_like_another_by_its_words_its_letters_or_its_initials():
    names = [SCHOOL, "Health (NHS)", "Metropolitan Police Service"]
    for typed, like in {
        "Northway": SCHOOL, "School of Northway": SCHOOL, "Northgate School": SCHOOL, "NHS": "Health (NHS)",
        "MPS": "Metropolitan Police Service", "Metropolitan Polise": "Metropolitan Police Service",
        "Nortway Skool": SCHOOL, "Helth": "Health (NHS)",
    }.items():  # fmt: skip
        assert meant(typed, names) == [like], typed
    assert [meant(typed, names) for typed in ("Southfield College", "Lantern Trust", "?", "")] == [[]] * 4
    assert meant("North way Skool", ["Northway School (invented)"]) == ["Northway School (invented)"]
    others = ("Kite Club", "Riverside Boxing Club", "Chestnut House")
    assert [meant("Chess Club", [name]) for name in others] == [[]] * 3
    assert on_list("HEALTH  (nhs)", names) == "Health (NHS)"
    assert counted_as("Kite Club", names) == counted_as("Lantern Trust", []) == ANOTHER
