"""The organiser's desk: set a forum up, open it, see who comes and who waits, keep what an adult said, cancel it."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import time_machine

from engage.accounts.rules import Role
from engage.forums.models import ForumRow, SignUpRow
from engage.forums.queries.desk import waiting
from engage.forums.queries.links import key_of, path
from engage.forums.rules.forums import Kind
from engage.forums.rules.links import Opens
from engage.shared import db
from engage.shared.errors import NotFound
from tests.forums import SMALL, forum_now, join, make_forum, professional, state_of, young
from tests.people import make_person, sign_in

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)

DRAFT = {
    "kind": "forum", "theme": "Getting home", "age_from": "11", "age_to": "18", "capacity": "20", "young": "12",
    "ambassador": "0", "professional": "8", "facilitator": "2", "agency_cap": "3", "adults": "2",
    "younger_per_adult": "8", "older_per_adult": "10",
}  # fmt: skip
REST = {
    "about": "Buses", "programme": "Food", "meets_on": "2026-12-10", "starts": "17:00", "ends": "19:00",
    "closes_on": "2026-12-09", "promised_on": "2027-01-20", "venue": "A hall", "address": "1 Invented Road",
    "access": "Level in", "lead": "Ruth Okafor", "lead_phone": "020 7946 0000", "risk_reference": "RA-7",
}  # fmt: skip


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def organiser(app, database):
    return sign_in(app.test_client(), make_person(Role.VOICE))


def test_a_forum_is_set_up_completed_opened_and_stands_on_the_public_list(app, organiser):
    kept = organiser.fill_in("/desk/forums/new", **DRAFT)
    page = kept.headers["Location"]
    assert "the reference of the risk assessment" in organiser.get(page).text
    assert organiser.fill_in(page, f"{page}/open").status_code == 422
    assert organiser.fill_in(f"{page}/change", **DRAFT, **REST).status_code == 303
    assert "Still missing" not in organiser.get(page).text
    assert organiser.fill_in(page, f"{page}/open").status_code == 303
    assert forum_now(int(page.rsplit("/", 1)[1])).plan.limits.floor == 10
    assert "Getting home" in app.test_client().get("/forums/").text


def test_a_form_with_mistakes_says_which(organiser):
    wrong = organiser.fill_in("/desk/forums/new", **{**DRAFT, "theme": "", "capacity": "many"})
    assert wrong.status_code == 422
    assert "Give it a theme" in wrong.text
    assert db.session.query(ForumRow).count() == 0


def test_the_list_and_the_page_show_how_full_a_forum_is(organiser):
    forum_id = make_forum(limits=SMALL)
    for new in (young(16), young(14), professional("Health")):
        join(forum_id, new)
    assert "2 of 5" in organiser.get("/desk/forums/").text
    page = organiser.get(f"/desk/forums/{forum_id}").text
    assert "3 of 8" in page
    assert "Health: Teacher" in page
    assert "2 of 2" in page  # adults needed, of those in the ratio plan


def test_the_organiser_is_told_when_professionals_fill_up_and_young_people_do_not(organiser):
    forum_id = make_forum(limits=replace(SMALL, professional=4, facilitator=0, agency_cap=0))
    for n in range(4):
        join(forum_id, professional(f"Agency {n}"))
    join(forum_id, young())
    page = organiser.get(f"/desk/forums/{forum_id}").text
    assert "Out of balance: young people 20 %, professionals 100 %" in re.sub(r"\s+", " ", page)
    today = organiser.get("/desk/").text
    assert "Adults fill up, young people do not (young people 20 %, professionals 100 %)" in today


def test_names_needs_and_the_waiting_list_are_on_a_page_for_the_team_only(app, organiser):
    forum_id = make_forum(limits=SMALL)
    coming = [join(forum_id, young(16, first_name=f"Coming{n}", access="A ramp")) for n in range(5)]
    join(forum_id, young(17, first_name="Waiting"))
    page = organiser.get(f"/desk/forums/{forum_id}/people").text
    assert "With a place: 5" in page
    assert "Waiting, young person: 1" in page
    assert "A ramp" in page
    scrutineer = sign_in(app.test_client(), make_person(Role.SCRUTINEER))
    assert scrutineer.get(f"/desk/forums/{forum_id}").status_code == 200
    assert scrutineer.get(f"/desk/forums/{forum_id}/people").status_code == 403
    other = make_forum()
    assert organiser.get(f"/desk/forums/{other}/people/{coming[0].id}").status_code == 404


def test_what_an_adult_says_on_the_phone_is_kept_with_who_wrote_it_down(organiser):
    forum_id = make_forum(limits=SMALL)
    child = join(forum_id, young(13, looked_after=True))
    page = f"/desk/forums/{forum_id}/people/{child.id}"
    told = {"relation": "parent", "name": "A mother", "how": "phone", "given": ["attend"]}
    wrong = organiser.fill_in(page, f"{page}/told", **told)
    assert wrong.status_code == 403
    assert "the social worker says yes" in wrong.text
    assert organiser.fill_in(page, f"{page}/told", **{**told, "name": ""}).status_code == 422
    assert organiser.fill_in(page, f"{page}/told", **{**told, "relation": "local_authority"}).status_code == 303
    assert state_of(child.id) == "confirmed"


def test_a_cancelled_sign_up_frees_the_place_for_the_next(organiser):
    forum_id = make_forum(limits=SMALL)
    people = [join(forum_id, young()) for _ in range(6)]
    page = f"/desk/forums/{forum_id}/people/{people[0].id}"
    assert organiser.fill_in(page, f"{page}/cancel", reason="").status_code == 422
    assert organiser.fill_in(page, f"{page}/cancel", reason="Too far").status_code == 303
    assert (state_of(people[0].id), state_of(people[5].id)) == ("cancelled", "offered")
    assert not db.session.get_one(SignUpRow, people[0].id).declined  # the team cancelled, the young person did not


def test_lower_limits_than_what_is_taken_are_refused_in_words(organiser):
    forum_id = make_forum(limits=SMALL)
    for _ in range(5):
        join(forum_id, young())
    typed = {**DRAFT, **REST, "age_to": "25", "meets_on": "2026-12-14", "closes_on": "2026-12-13"}
    page = f"/desk/forums/{forum_id}/change"
    lower = organiser.fill_in(page, **{**typed, "capacity": "8", "young": "4", "floor": "4"})
    assert lower.status_code == 422
    assert "More places are taken than that" in lower.text
    moved = organiser.fill_in(page, **{**typed, "meets_on": "2026-12-15"})
    assert "how old they are on that day" in moved.text
    assert organiser.fill_in(page, **typed).status_code == 303


def test_a_forum_is_closed_opened_again_and_cancelled_with_a_reason(organiser):
    forum_id = make_forum(limits=SMALL)
    page = f"/desk/forums/{forum_id}"
    assert organiser.fill_in(page, f"{page}/close").status_code == 303
    assert organiser.fill_in(page, f"{page}/open_again").status_code == 303
    assert organiser.fill_in(page, f"{page}/cancel", reason="").status_code == 422
    assert organiser.fill_in(page, f"{page}/cancel", reason="No heating").status_code == 303
    assert "Cancelled: No heating" in organiser.get(page).text
    assert organiser.fill_in("/desk/forums/new", f"{page}/close").status_code == 409


def test_agencies_and_the_door_are_named_and_taken_away(organiser):
    forum_id, page = make_forum(limits=SMALL), ""
    page, person_id = f"/desk/forums/{forum_id}", make_person(Role.AMBASSADOR, name="Zed at the door").id
    assert organiser.fill_in(page, f"{page}/room", agency="", role="").status_code == 422
    organiser.fill_in(page, f"{page}/room", agency="Police", role="Sergeant")
    organiser.fill_in(page, f"{page}/at_door", person_id=person_id)
    shown = organiser.get(page).text
    assert "Police: Sergeant" in shown
    assert "Zed at the door" in shown
    organiser.fill_in(page, f"{page}/room/remove", agency="Police", role="Sergeant")
    organiser.fill_in(page, f"{page}/at_door/{person_id}/remove")
    assert "Police: Sergeant" not in organiser.get(page).text


def test_a_forum_is_read_in_other_languages_once_somebody_wrote_them(organiser):
    forum_id = make_forum(limits=SMALL)
    page = f"/desk/forums/{forum_id}/words/pl"
    assert organiser.fill_in(page, theme="Bezpiecznie do domu", about="").status_code == 303
    assert forum_now(forum_id).words("theme", "pl") == "Bezpiecznie do domu"
    assert forum_now(forum_id).words("about", "pl") == "Buses, paths and lights."
    assert organiser.get(f"/desk/forums/{forum_id}/words/xx").status_code == 404


def test_the_desk_says_which_texts_readers_of_a_language_still_see_in_english(organiser):
    forum_id = make_forum(limits=SMALL, opened=False)
    page = f"/desk/forums/{forum_id}"
    organiser.fill_in(f"{page}/words/pl", theme="Bezpiecznie do domu", about="Autobusy")
    assert "still in English: programme, how people get in" in organiser.get(page).text
    organiser.fill_in(page, f"{page}/open")
    opened = organiser.get(page).text
    assert "see some of it in English: Polski, " in opened
    organiser.fill_in(f"{page}/words/pl", theme="Do domu", about="Autobusy", programme="Obiad", access="Winda")
    assert "still in English" not in organiser.get(page).text


def test_sessions_of_ambassadors_have_an_invitation_and_no_public_page(app, organiser):
    forum_id = make_forum(limits=SMALL, kind=Kind.AMBASSADORS, theme="Words check")
    invitation = path(Opens.INVITATION, db.session.get_one(ForumRow, forum_id).key)
    assert invitation in organiser.get(f"/desk/forums/{forum_id}").text
    assert "Words check" not in app.test_client().get("/forums/").text
    assert app.test_client().get(f"/forums/{forum_now(forum_id).slug}").status_code == 404


def test_an_altered_link_opens_nothing(database):
    key = b"k" * 16
    word = path(Opens.MINE, key).rsplit("/", 1)[1]
    assert key_of(Opens.MINE, word) == key
    changed = ("B" if word[5] == "A" else "A").join((word[:5], word[6:]))
    for wrong in (changed, word[:-3], "", "ż" * 38):
        with pytest.raises(NotFound):
            key_of(Opens.MINE, wrong)
    with pytest.raises(NotFound):
        key_of(Opens.PASS, word)  # the pass does not open the sign-up


def test_adults_whose_checks_nobody_saw_wait_on_today_in_the_last_week(organiser):
    by = make_person(Role.VOICE)
    forum_id = make_forum(limits=SMALL, meets_on=date(2026, 11, 28))
    signed = join(forum_id, professional("Health"))
    assert [line.words for line in waiting(by, date(2026, 11, 23))] == ["See the checks of adults who come"]
    page = f"/desk/forums/{forum_id}/people/{signed.id}"
    assert organiser.fill_in(page, f"{page}/checks").status_code == 303
    assert waiting(by, date(2026, 11, 23)) == []


def test_the_address_of_a_forum_is_its_own_and_tells_nothing(database):
    ids = [make_forum(limits=SMALL) for _ in range(3)]
    assert [forum_now(one).slug for one in ids] == ["december-2026", "december-2026-2", "december-2026-3"]


@pytest.mark.parametrize(("ends", "taken"), [("17:00", False), ("18:00", False), ("01:30", True), ("06:00", True)])
def test_a_forum_of_more_than_twelve_hours_is_a_slip_and_is_said_so(organiser, ends, taken):
    answer = organiser.fill_in("/desk/forums/new", **{**DRAFT, **REST, "starts": "18:00", "ends": ends})
    assert answer.status_code == (303 if taken else 422)
    assert taken or "more than twelve hours" in answer.text
    assert db.session.query(ForumRow).count() == taken


def test_the_address_of_a_draft_follows_its_day_and_that_of_an_open_forum_stays(organiser):
    page = organiser.fill_in("/desk/forums/new", **DRAFT, **{**REST, "meets_on": "2027-01-14"}).headers["Location"]
    forum_id = int(page.rsplit("/", 1)[1])
    assert forum_now(forum_id).slug == "january-2027"
    organiser.fill_in(f"{page}/change", **DRAFT, **REST)
    assert forum_now(forum_id).slug == "december-2026"
    organiser.fill_in(page, f"{page}/open")
    organiser.fill_in(f"{page}/change", **DRAFT, **{**REST, "about": "Trains"})
    assert forum_now(forum_id).slug == "december-2026"
