"""Any sequence of sign-ups, cancels, offers, late answers, promotions and walk-ins leaves the ledger exactly right."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.forums.actions import agencies, changing, consents, keeping, offers, setting_up, signing_up
from engage.forums.actions.parties import as_party, consented_all, parties_in_line
from engage.forums.models import GroupRow, SignUpRow
from engage.forums.queries.agencies import choosable
from engage.forums.rules.consents import Purpose
from engage.forums.rules.places import Limits, Party, Place, fits, weight
from engage.forums.rules.signing_up import Changed, Group, WalkIn
from engage.shared import db
from engage.shared.errors import EngageError
from tests.forums import YES, check_ledger, forum_now, make_forum, make_plan, professional, young
from tests.people import make_person

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
LIMITS = Limits(8, 5, 0, 3, 2, floor=4, agency_cap=2, adults=2)
MORE = Limits(10, 6, 1, 4, 2, floor=5, agency_cap=3, adults=2)
AGES = st.sampled_from([11, 12, 14, 15, 16, 17, 19])
MERGES = ("name", "drop")  # what makes one count of two may come to more than the cap
STEPS = st.one_of(
    *[st.tuples(st.just("young"), AGES)] * 4,
    *[st.tuples(st.just("cancel"), st.integers(0, 30))] * 3,
    st.tuples(st.just("adult"), st.integers(0, 3)),
    st.tuples(st.just("group"), st.integers(0, 7)),
    *(
        st.tuples(st.just(verb), st.integers(0, 30))
        for verb in ("accept", "decline", "renew", "yes", "split", "age", "later", "promote", "limits", "back", "away")
    ),
    *(st.tuples(st.just(verb), st.integers(0, 30)) for verb in ("list", *MERGES)),
)


@pytest.fixture
def world(database):
    with time_machine.travel(AT, tick=False) as clock:
        yield {"by": make_person(Role.VOICE), "clock": clock}


class Play:
    """One forum while a sequence is played, with its own clock."""

    def __init__(self, by):
        self.by, self.at, self.may_be_over_cap = by, AT, False
        self.forum_id = make_forum(limits=LIMITS)

    def pick(self, n):
        ids = db.session.scalars(select(SignUpRow.id).where(SignUpRow.forum_id == self.forum_id).order_by(SignUpRow.id))
        found = list(ids)
        return found[n % len(found)] if found else 0

    def young(self, age):
        signing_up.sign_up(self.forum_id, young(age), at=self.at, language="en")

    def adult(self, n):
        place = Place.FACILITATOR if n == 3 else Place.PROFESSIONAL
        new = professional(f"Agency {n % 2}", place=place)
        signing_up.sign_up(self.forum_id, new, at=self.at, language="en")

    def group(self, n):
        members = tuple(young(age, contact="") for age in (12, 14, 17, 17)[: 1 + n % 4])
        group = Group(professional("Agency 1"), members, together=n < 4, leader_comes=n % 2 == 0)
        signing_up.sign_up_group(self.forum_id, group, at=self.at, language="en")

    def cancel(self, n):
        changing.cancel(self.pick(n), at=self.at)

    def back(self, n):
        consents.withdraw(self.pick(n), Purpose.ATTEND, at=self.at)

    def away(self, n):
        changing.take_away(self.pick(n), "The lift is broken", at=self.at, by=self.by)

    def accept(self, n):
        offers.accept(self.pick(n), at=self.at)

    def decline(self, n):
        offers.decline(self.pick(n), at=self.at)

    def renew(self, n):
        offers.renew(self.pick(n), at=self.at)

    def yes(self, n):
        consents.answer(self.pick(n), YES, at=self.at)

    def age(self, n):
        changed = Changed(age=11 + n % 9, guardian=young(12).guardian)
        changing.change(self.pick(n), changed, at=self.at)

    def split(self, n):
        groups = list(db.session.scalars(select(GroupRow.id).where(GroupRow.forum_id == self.forum_id)))
        if groups:
            changing.split_group(groups[n % len(groups)], at=self.at)

    def later(self, n):
        self.at += timedelta(hours=3 * n)
        keeping.move_by_clock(self.at)

    def list(self, n):
        agencies.list_agency(f"Agency {n % 2}", forum_id=self.forum_id, at=self.at)

    def drop(self, n):
        listed = [one.id for one in choosable(self.forum_id)]
        agencies.unlist_agency(listed[n % len(listed)] if listed else 0, at=self.at)

    def name(self, n):
        agencies.join_names(self.forum_id, f"Agency {n % 2}", f"Agency {(n + 1) % 2}", at=self.at)

    def promote(self, _n):
        assert offers.promote(self.forum_id, at=self.at) == 0, "nobody who fits is left waiting"

    def limits(self, n):
        plan = make_plan(limits=MORE if n % 2 else LIMITS, meets_on=forum_now(self.forum_id).meets_on)
        setting_up.rewrite(self.forum_id, plan, by=self.by, at=self.at)


def play(by, steps):
    game = Play(by)
    for verb, value in steps:
        game.may_be_over_cap = game.may_be_over_cap or verb in MERGES
        try:
            getattr(game, verb)(value)
            db.session.commit()
        except EngageError:
            db.session.rollback()
        check_ledger(game.forum_id, joined=game.may_be_over_cap)
    return game


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, min_size=12, max_size=40))
def test_the_ledger_is_right_after_every_step(world, steps):
    game = play(world["by"], steps)
    forum = forum_now(game.forum_id)
    if forum.state in ("open", "full", "closed"):
        for rows in parties_in_line(game.forum_id):
            party = as_party(rows)
            capped = any(party.agencies)
            assert capped or not fits(party, forum.taken, forum.plan.limits) or not consented_all(rows)
        assert (forum.state == "full") is not any_room(forum) or forum.state == "closed"
    walk_in_until_full(game)


def any_room(forum):
    taken, limits = forum.taken, forum.plan.limits
    adults = taken.adults < limits.capacity - limits.floor
    places = [Place.YOUNG, Place.AMBASSADOR, *([Place.PROFESSIONAL, Place.FACILITATOR] if adults else [])]
    return taken.all < limits.capacity and any(taken.of(place) < limits.of(place) for place in places)


def walk_in_until_full(game):
    forum = forum_now(game.forum_id)
    keeping.move_by_clock(forum.doors_at)
    db.session.commit()
    for _ in range(15):
        try:
            signing_up.walk_in(game.forum_id, WalkIn(young(17)), at=forum.doors_at, by=game.by)
            db.session.commit()
        except EngageError:
            db.session.rollback()
        check_ledger(game.forum_id, joined=game.may_be_over_cap)
    full = forum_now(game.forum_id)
    assert not fits(Party(young=1, load=weight(17, LIMITS)), full.taken, full.plan.limits)
