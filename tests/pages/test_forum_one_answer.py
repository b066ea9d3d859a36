"""An adult changes one answer by itself: the others stay as they were, and so does who gave them."""

import pytest
from sqlalchemy import select

from engage.forums.actions import changing, consents, own_no, signing_up
from engage.forums.models import ConsentRow, SignUpRow
from engage.forums.rules.consents import Purpose
from engage.forums.rules.signing_up import SignedUp
from engage.shared import db
from engage.shared.clock import now
from engage.shared.errors import NotValid
from tests.forums import make_forum, young
from tests.pages.test_forum_consent import SIGNED


@pytest.fixture
def asked(database) -> SignedUp:
    made = signing_up.sign_up(make_forum(), young(14, first_name="Bo"), at=now(), language="en")
    db.session.commit()
    return made


@pytest.fixture
def link(asked: SignedUp) -> str:
    return f"/forums/consent/{asked.guardian_token}"


def rows() -> dict[str, tuple[str, str, str]]:
    db.session.rollback()
    found = db.session.scalars(select(ConsentRow).execution_options(populate_existing=True))
    return {row.purpose: (row.state, row.relation, row.giver or "") for row in found}


def state() -> str:
    db.session.rollback()
    return db.session.scalar(select(SignUpRow.state)) or ""


def test_one_yes_more_leaves_the_rest(visitor, link):
    visitor.fill_in(link, **SIGNED)
    before = rows()
    assert visitor.fill_in(link, to=f"{link}/agree/photo_public").status_code == 303
    assert rows() == {**before, "photo_public": ("given", "parent", "Mum")}
    assert state() == "confirmed"


def test_one_yes_less_leaves_the_rest_and_the_place(visitor, link):
    visitor.fill_in(link, **SIGNED)
    before = rows()
    assert visitor.fill_in(link, to=f"{link}/withdraw/photo_inside").status_code == 303
    assert rows() == {**before, "photo_inside": ("withdrawn", "parent", "Mum")}
    assert state() == "confirmed"


def test_each_answer_has_its_own_button_and_the_whole_form_is_folded_away(visitor, link):
    assert "Change to yes" not in visitor.get(link).text
    visitor.fill_in(link, **SIGNED)
    shown = visitor.get(link).text
    assert shown.count("Change to yes") == 2  # to leave alone, and photos for everybody
    assert shown.count("Change to no") == 2  # photos for the staff, and the doctor
    assert "Answer everything anew, or as somebody else" in shown


def test_after_a_no_one_press_says_yes_to_coming_and_keeps_the_rest(visitor, link):
    visitor.fill_in(link, **SIGNED)
    before = rows()
    visitor.fill_in(link, to=f"{link}/withdraw/attend")
    assert state() == "cancelled"
    assert "Yes, they may come after all" in visitor.get(link).text
    visitor.fill_in(link, to=f"{link}/agree/attend")
    assert rows() == before
    assert state() == "offered"


def test_nobody_says_one_yes_before_they_have_said_who_they_are(visitor, link):
    refused = visitor.fill_in(link, to=f"{link}/agree/photo_public")
    assert refused.status_code == 409
    assert "Answer all of it once first" in refused.text
    assert rows()["photo_public"][0] == "requested"


def test_what_the_young_person_said_no_to_has_no_button_and_no_press_changes_it(visitor, asked, link):
    visitor.fill_in(link, **SIGNED)
    own_no.say_no(asked.id, frozenset({Purpose.PHOTO_INSIDE}), at=now())
    db.session.commit()
    shown = visitor.get(link).text
    assert "/agree/photo_inside" not in shown
    visitor.fill_in(link, to=f"{link}/agree/photo_inside")
    assert rows()["photo_inside"][:2] == ("withdrawn", "self")


def test_a_young_person_who_does_not_want_to_come_is_signed_for_by_nobody(visitor, asked, link):
    visitor.fill_in(link, **SIGNED)
    changing.cancel(asked.id, at=now())
    db.session.commit()
    with pytest.raises(NotValid, match="do not want to come"):
        consents.agree(asked.id, Purpose.ATTEND, at=now())
    db.session.rollback()
    assert "/agree/" not in visitor.get(link).text
