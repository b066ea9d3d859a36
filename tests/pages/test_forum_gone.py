"""Who comes no more stays on the organiser's list, folded away, with when and by whom it ended."""

from datetime import timedelta

import pytest

from engage.accounts.rules import Role
from engage.forums.actions import changing, consents, offers
from engage.forums.rules.consents import Answers, Relation
from engage.shared import db
from engage.shared.clock import now
from tests.forums import SMALL, book, fill, join, make_forum, young
from tests.people import make_person, sign_in


@pytest.fixture
def forum_id(database) -> int:
    return make_forum(limits=SMALL)


@pytest.fixture
def organiser(app, database):
    return sign_in(app.test_client(), make_person(Role.VOICE))


def test_each_ending_says_who_and_when(organiser, forum_id):
    own, taken, late = join(forum_id, young(16)), join(forum_id, young(17)), join(forum_id, young(14))
    group = book(forum_id, [young(17, contact="")])
    fill(forum_id, 1)
    waits, waits_too = join(forum_id, young(17)), join(forum_id, young(17))
    changing.cancel(own.id, at=now())
    changing.take_away(taken.id, "Too far", at=now(), by=make_person(Role.VOICE))
    offers.decline(waits.id, at=now())
    offers.accept(waits_too.id, at=now())
    changing.cancel_group(group.id, at=now())
    offers.expire_late(now() + timedelta(hours=73))
    db.session.commit()
    shown = organiser.get(f"/desk/forums/{forum_id}/people").text
    gone = shown.split("Not coming any more: 5")[1]
    for words in (
        "themselves, by their own link",
        "the team",
        "the leader of their group, for everybody",
        "themselves: let the offer go",
        "nobody: the time to answer ran out",
    ):
        assert words in gone
    assert "Not coming any more" not in shown.split("With a place: 2")[0]
    page = organiser.get(f"/desk/forums/{forum_id}/people/{late.id}").text
    assert "nobody: the time to answer ran out" in page


def test_an_adults_no_keeps_its_own_list_with_who_it_was(organiser, forum_id):
    child = join(forum_id, young(14))
    consents.answer(child.id, Answers(frozenset(), Relation.PARENT, "A parent"), at=now())
    db.session.commit()
    shown = organiser.get(f"/desk/forums/{forum_id}/people").text
    assert "an adult said no: parent" in shown.split("An adult said no: 1")[1]
    assert "Not coming any more" not in shown


def test_somebody_who_came_back_is_among_those_who_come(organiser, forum_id):
    own = join(forum_id, young(16))
    changing.cancel(own.id, at=now())
    offers.renew(own.id, at=now())
    db.session.commit()
    shown = organiser.get(f"/desk/forums/{forum_id}/people").text
    assert "by their own link" not in shown
    assert "With a place: 1" in shown
