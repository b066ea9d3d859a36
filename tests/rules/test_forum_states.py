"""The rules of forums, without a database: states, places, consent, hours, what is missing."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from engage.accounts.rules import Role
from engage.forums.rules.consents import (
    Purpose,
    Relation,
    check_right_adult,
    check_wanted,
    needs_adult,
    photo_colour,
    wording_hash,
)
from engage.forums.rules.forums import Forum, Kind, Plan, check_takes_sign_ups, end_of, moment
from engage.forums.rules.places import (
    ONE_ADULT,
    Limits,
    Member,
    Occupancy,
    Party,
    Place,
    Taken,
    adults_needed,
    broken,
    check_limits,
    fits,
    is_unbalanced,
    party_of,
    room,
    weight,
)
from engage.forums.rules.setting_up import check_same_day, missing
from engage.forums.rules.signing_up import first_state, held_until, offered_until
from engage.forums.rules.states import CHECK_IN, CONSENT, FORUM, SIGN_UP
from engage.shared.errors import NotAllowed, NotOpen, NotValid
from engage.shared.states import CLOCK

LIMITS = Limits(60, 40, 4, 16, 8, floor=30, agency_cap=5, adults=8)
PLAN = Plan(
    kind=Kind.FORUM, theme="Getting home", about="Buses", meets_on=date(2026, 12, 10), starts=time(17), ends=time(19),
    venue="A hall", address="1 Invented Road", access="Level", lead="Ruth", lead_phone="020", risk_reference="RA-1",
    programme="Food", age_from=11, age_to=25, limits=LIMITS, closes_on=date(2026, 12, 9),
    promised_on=date(2027, 1, 20),
)  # fmt: skip
FORUM_OPEN = Forum(1, "getting-home", "open", PLAN, Taken(), b"k" * 16, {"pl": {"theme": "Droga do domu"}})
TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.mark.parametrize("states", [FORUM, SIGN_UP, CONSENT, CHECK_IN])
def test_every_move_goes_between_known_states(states):
    for move in states.moves:
        assert {*move.froms, move.to} <= set(states.names), move.verb
    reached = {move.to for move in states.moves} | {states.first}
    assert reached | {"waitlisted", "confirmed"} >= set(states.names)


def test_only_the_team_opens_a_forum_and_only_the_clock_ends_it():
    assert FORUM.move("open", state="draft", roles={Role.VOICE}) == "open"
    with pytest.raises(NotAllowed):
        FORUM.move("open", state="draft", roles={Role.SAFEGUARDING})
    assert FORUM.move("end", state="live", roles={CLOCK}) == "ended"
    with pytest.raises(NotOpen):
        FORUM.move("cancel", state="live", roles={Role.VOICE})


def test_a_child_asks_more_of_the_adults_than_an_older_one_and_a_grown_up_nothing():
    assert [weight(age, LIMITS) for age in (9, 12, 13, 17, 18, None)] == [105, 105, 84, 84, 0, 0]
    assert 8 * weight(12, LIMITS) == 10 * weight(13, LIMITS) == ONE_ADULT
    assert [adults_needed(load) for load in (0, 1, ONE_ADULT * 2, ONE_ADULT * 2 + 1)] == [0, 2, 2, 3]


def test_a_ratio_that_does_not_divide_is_rounded_to_the_safe_side():
    assert 9 * weight(13, replace(LIMITS, older_per_adult=9)) >= ONE_ADULT


def test_a_party_adds_up_people_weights_and_agencies():
    members = [Member(Place.YOUNG, 12), Member(Place.YOUNG, 20), Member(Place.PROFESSIONAL, agency="Police  Service")]
    assert party_of(members, LIMITS) == Party(young=2, professional=1, load=105, agencies=(("police service", 1),))


@pytest.mark.parametrize(
    ("taken", "party", "may"),
    [
        (Taken(young=39), Party(young=1), True),
        (Taken(young=40), Party(young=1), False),
        (Taken(professional=16, facilitator=8), Party(facilitator=1), False),
        (Taken(young=40, ambassador=4, professional=16), Party(), True),
        (Taken(young=36, professional=16, facilitator=8), Party(young=1), False),
        (Taken(load=8 * ONE_ADULT - 84), Party(young=1, load=84), True),
        (Taken(load=8 * ONE_ADULT - 84), Party(young=1, load=105), False),
        (Taken(load=8 * ONE_ADULT), Party(young=1), True),
    ],
)
def test_a_party_fits_when_every_limit_it_touches_holds(taken, party, may):
    assert fits(party, taken, LIMITS) is may


def test_adults_never_take_the_places_kept_for_young_people():
    limits = Limits(10, 10, 0, 10, 0, floor=5, agency_cap=0, adults=2)
    assert room(Place.PROFESSIONAL, Taken(professional=4), limits) == 1
    assert room(Place.PROFESSIONAL, Taken(professional=5), limits) == 0
    assert room(Place.YOUNG, Taken(professional=5), limits) == 5


@pytest.mark.parametrize(
    ("limits", "taken", "words"),
    [
        (replace(LIMITS, floor=29), Taken(), "half of the places"),
        (replace(LIMITS, young=20), Taken(), "fewer than half"),
        (replace(LIMITS, capacity=50), Taken(young=40, professional=11), "More places are taken"),
        (replace(LIMITS, adults=2), Taken(young=30, load=30 * 84), "More places are taken"),
    ],
)
def test_limits_that_contradict_what_is_there_are_refused(limits, taken, words):
    with pytest.raises(NotValid, match=words):
        check_limits(limits, taken)
    assert broken(Taken(), LIMITS) == []


def test_the_organiser_is_told_when_adults_fill_up_and_young_people_do_not():
    young, adults = Occupancy(Place.YOUNG, 16, 40, 0), Occupancy(Place.PROFESSIONAL, 18, 20, 3)
    assert (round(young.share, 1), round(adults.share, 1)) == (0.4, 0.9)
    assert is_unbalanced([young, adults])
    assert not is_unbalanced([replace(young, taken=30), adults])
    assert not is_unbalanced([])


def test_at_sixteen_ones_own_yes_counts_and_before_that_the_right_adults():
    assert [needs_adult(age) for age in (15, 16)] == [True, False]
    check_right_adult(Relation.SELF, age=16, looked_after=True)
    check_right_adult(Relation.DELEGATED_CARER, age=15, looked_after=True)
    for relation, age, in_care in (
        (Relation.SELF, 15, False), (Relation.PARENT, 12, True), (Relation.LOCAL_AUTHORITY, 12, False),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            check_right_adult(relation, age=age, looked_after=in_care)
    with pytest.raises(NotValid, match="do not want to come"):
        check_wanted(declined=True)


def test_photos_are_red_unless_somebody_said_yes():
    assert [photo_colour(frozenset(given)) for given in ([], [Purpose.PHOTO_INSIDE], [Purpose.PHOTO_PUBLIC])] == [
        "red", "amber", "green",
    ]  # fmt: skip


def test_the_words_agreed_to_have_a_fingerprint_for_each_purpose_and_giver():
    found = {wording_hash(purpose, relation) for purpose in Purpose for relation in (Relation.SELF, Relation.PARENT)}
    assert len(found) == 2 * len(Purpose) - 1  # the words about an emergency are the same for both


def test_a_complete_plan_misses_nothing_and_an_empty_one_almost_everything():
    assert missing(PLAN, today=TODAY) == []
    nothing = Limits(0, 0, 0, 0, 0, 0, 0, 0)
    empty = replace(
        PLAN,
        theme="",
        lead=" ",
        risk_reference="",
        meets_on=None,
        starts=None,
        closes_on=None,
        limits=nothing,
        age_to=5,
    )
    found = missing(empty, today=TODAY)
    assert len(found) == 11
    assert "the reference of the risk assessment" in found
    assert missing(replace(PLAN, meets_on=TODAY, closes_on=TODAY), today=TODAY) == ["a day that is still to come"]


def test_what_people_told_us_for_a_day_keeps_that_day():
    other = replace(PLAN, meets_on=date(2026, 12, 11))
    check_same_day(PLAN, other, state="draft")
    check_same_day(PLAN, replace(PLAN, venue="Another hall"), state="open")
    with pytest.raises(NotValid, match="how old they are"):
        check_same_day(PLAN, other, state="open")


def test_sign_up_says_why_it_is_not_open():
    check_takes_sign_ups(FORUM_OPEN, at=AT)
    for state, words in (("cancelled", "cancelled"), ("draft", "not started"), ("ended", "over")):
        with pytest.raises(NotOpen, match=words):
            check_takes_sign_ups(replace(FORUM_OPEN, state=state), at=AT)
    with pytest.raises(NotOpen, match="over"):
        check_takes_sign_ups(FORUM_OPEN, at=FORUM_OPEN.closes_at)


def test_sign_up_closes_at_the_end_of_its_last_day_or_when_the_doors_open():
    assert FORUM_OPEN.closes_at == datetime(2026, 12, 10, tzinfo=UTC)
    same_day = replace(FORUM_OPEN, plan=replace(PLAN, closes_on=PLAN.meets_on))
    assert same_day.closes_at == same_day.doors_at == datetime(2026, 12, 10, 16, tzinfo=UTC)


def test_the_night_the_clocks_go_back_lasts_an_hour_longer():
    on = date(2026, 10, 24)
    assert end_of(on, time(22), time(3)) - moment(on, time(22)) == timedelta(hours=6)
    # half past one comes twice that night: it ends at the second one, so nobody is sent home early
    assert end_of(on, time(22), time(1, 30)) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_the_night_the_clocks_go_forward_lasts_an_hour_less():
    on = date(2026, 3, 28)
    assert end_of(on, time(22), time(3)) - moment(on, time(22)) == timedelta(hours=4)
    assert moment(date(2026, 3, 29), time(1, 30)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    # half past one is never shown that night: it ends an hour after midnight, as long as it was meant to be
    assert end_of(on, time(22), time(1, 30)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_an_offer_and_a_hold_end_in_time_and_never_at_once():
    starts = AT + timedelta(days=10)
    assert offered_until(AT, starts) == AT + timedelta(days=1)
    assert offered_until(AT, AT + timedelta(hours=5)) == AT + timedelta(hours=4)
    assert offered_until(AT, AT) == AT + timedelta(hours=1)
    assert held_until(AT, starts) == AT + timedelta(hours=72)
    assert held_until(AT, AT + timedelta(hours=20)) == AT + timedelta(hours=20)


def test_the_first_state_follows_from_the_place_and_the_consent():
    found = [first_state(placed=placed, consented=yes) for placed, yes in ((True, True), (True, False), (False, True))]
    assert found == ["confirmed", "awaiting_consent", "waitlisted"]


def test_a_forum_speaks_the_readers_language_where_it_was_translated():
    assert FORUM_OPEN.words("theme", "pl") == "Droga do domu"
    assert FORUM_OPEN.words("about", "pl") == "Buses"
