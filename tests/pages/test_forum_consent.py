"""The adult's own link: yes or no to each purpose, changed and taken back; a young person's no counts for more."""

import pytest
from sqlalchemy import select

from engage.forums.actions import changing, signing_up
from engage.forums.models import ConsentRow, ForumRow, SignUpRow
from engage.forums.queries import sign_ups
from engage.forums.rules.consents import Answers, Purpose, Relation
from engage.forums.rules.forums import Kind
from engage.forums.rules.signing_up import Guardian, SignedUp
from engage.shared import db, outbox
from engage.shared.clock import now
from tests.forums import make_forum, young
from tests.signing_up import FOURTEEN, only, sign_up, slug_of

YES = {"attend": "yes", "leave_alone": "no", "photo_inside": "yes", "photo_public": "no", "medical": "yes"}
SIGNED = {**YES, "signer": "Mum", "relation": "parent"}


def make_asked(**changes: object) -> SignedUp:
    made = signing_up.sign_up(make_forum(), young(14, first_name="Bo", **changes), at=now(), language="en")
    db.session.commit()
    return made


def said() -> dict[str, str]:
    db.session.rollback()
    return {row.purpose: row.state for row in db.session.scalars(select(ConsentRow)) if db.session.refresh(row) is None}


def state() -> str:
    db.session.rollback()
    return db.session.scalar(select(SignUpRow.state))


def adult_link(sign_up_id: int) -> str:
    db.session.rollback()
    return sign_ups.guardian_path(sign_up_id)


@pytest.fixture
def asked(database) -> SignedUp:
    return make_asked()


@pytest.fixture
def link(asked: SignedUp) -> str:
    return f"/forums/consent/{asked.guardian_token}"


def test_the_adult_reads_what_it_is_about_and_until_when_the_place_is_kept(visitor, link):
    page = visitor.get(link).text
    for words in ("Can Bo come?", "Getting home safely", "Canada Villa", "Ruth Okafor", "Their place is kept until"):
        assert words in page
    assert "Getting home" not in page.split("<title>")[1].split("</title>")[0]


def test_nothing_is_ticked_before_somebody_answers(visitor, link):
    assert "checked" not in visitor.get(link).text


def test_a_yes_for_each_purpose_by_itself_confirms_the_place(visitor, link):
    assert visitor.fill_in(link, **SIGNED).status_code == 303
    assert said() == {
        "attend": "given",
        "leave_alone": "refused",
        "photo_inside": "given",
        "photo_public": "refused",
        "medical": "given",
    }
    assert state() == "confirmed"
    assert "What you have said" in visitor.get(link).text


def test_each_question_wants_an_answer_and_keeps_the_others(visitor, link):
    page = visitor.fill_in(link, **{**SIGNED, "photo_public": ""})
    assert page.status_code == 422
    summary = page.text.split('class="summary"')[1].split("</ul>")[0]
    assert "They may be in photos that anybody can see, without their name. Choose yes or no" in summary
    assert 'value="Mum"' in page.text
    assert state() == "awaiting_consent"


def test_no_to_photos_keeps_nobody_out(visitor, link):
    visitor.fill_in(link, **{**SIGNED, "photo_inside": "no"})
    assert state() == "confirmed"


def test_no_to_coming_gives_the_place_to_the_next(visitor, link):
    visitor.fill_in(link, **{**SIGNED, "attend": "no"})
    assert state() == "cancelled"


def test_a_yes_is_taken_back_on_the_same_link(visitor, link):
    visitor.fill_in(link, **SIGNED)
    assert visitor.fill_in(link, to=f"{link}/withdraw/attend").status_code == 303
    assert said()["attend"] == "withdrawn"
    assert state() == "cancelled"


def test_answers_are_changed_on_the_same_link(visitor, link):
    visitor.fill_in(link, **SIGNED)
    visitor.fill_in(link, **{**SIGNED, "photo_inside": "no"})
    assert said()["photo_inside"] in ("refused", "withdrawn")
    assert state() == "confirmed"


def test_a_young_persons_no_counts_for_more_than_an_adults_yes(visitor, database):
    wants = Answers(frozenset(Purpose) - {Purpose.PHOTO_INSIDE, Purpose.PHOTO_PUBLIC}, Relation.SELF)
    made = make_asked(own_consents=wants)
    link = f"/forums/consent/{made.guardian_token}"
    assert "Without their own yes it stays no, whatever you choose" in visitor.get(link).text
    visitor.fill_in(link, **{**SIGNED, "photo_public": "yes"})
    assert said()["photo_inside"] == said()["photo_public"] == "refused"
    assert "No: the young person has not said yes to this" in visitor.get(link).text


def test_a_young_person_says_no_later_and_lifts_it_again(visitor, asked, link):
    visitor.fill_in(link, **SIGNED)
    mine = f"/forums/mine/{asked.token}/choices"
    no = {"leave_alone": "yes", "photo_inside": "no", "photo_public": "no", "medical": "yes"}
    assert visitor.fill_in(mine, **no).status_code == 303
    assert said()["photo_inside"] == "withdrawn"
    visitor.fill_in(link, **SIGNED)
    assert said()["photo_inside"] == "withdrawn"
    visitor.fill_in(mine, **{**no, "photo_inside": "yes"})
    assert said()["photo_inside"] == "requested"
    visitor.fill_in(link, **SIGNED)
    assert said()["photo_inside"] == "given"


def test_who_does_not_want_to_come_cannot_be_signed_up_by_an_adult(visitor, asked, link):
    changing.cancel(asked.id, at=now())
    db.session.commit()
    assert "Their no counts" in visitor.get(link).text
    assert state() == "cancelled"


def test_for_a_child_in_care_a_parent_cannot_say_yes(visitor, database):
    social_worker = Guardian(Relation.LOCAL_AUTHORITY, "worker@example.org")
    made = make_asked(looked_after=True, guardian=social_worker)
    link = f"/forums/consent/{made.guardian_token}"
    page = visitor.fill_in(link, **SIGNED)
    assert page.status_code == 422
    assert "the social worker says yes, or a carer with delegated authority" in page.text
    assert state() == "awaiting_consent"
    assert visitor.fill_in(link, **{**SIGNED, "relation": "local_authority"}).status_code == 303
    assert state() == "confirmed"


def test_a_child_in_care_who_named_a_parent_first_asks_their_social_worker_after_all(visitor, asked):
    adult = f"/forums/mine/{asked.token}/adult"
    visitor.fill_in(adult, relation="local_authority", guardian_contact="worker@example.org")
    link = adult_link(asked.id)
    assert visitor.fill_in(link, **{**SIGNED, "relation": "local_authority"}).status_code == 303
    assert state() == "confirmed"
    visitor.fill_in(adult, relation="parent", guardian_contact="mum@example.org")
    assert "the social worker says yes" in visitor.fill_in(adult_link(asked.id), **SIGNED).text


def test_who_turns_out_to_be_15_and_in_care_names_their_social_worker(visitor, database):
    made = signing_up.sign_up(make_forum(), young(16), at=now(), language="en")
    db.session.commit()
    typed = {"age": "15", "contact": "ayo@example.org", "home": "collected", "relation": "local_authority"}
    visitor.fill_in(f"/forums/mine/{made.token}/change", **typed, guardian_contact="worker@example.org")
    assert state() == "awaiting_consent"
    visitor.fill_in(adult_link(made.id), **{**SIGNED, "relation": "local_authority"})
    assert state() == "confirmed"


def test_another_adult_gets_a_new_link_and_the_old_one_opens_nothing(visitor, asked, link):
    typed = {"relation": "carer", "guardian_contact": "gran@example.org"}
    assert visitor.fill_in(f"/forums/mine/{asked.token}/adult", **typed).status_code == 303
    page = visitor.get(link)
    assert page.status_code == 404
    assert "replaced" in page.text


def test_a_cancelled_forum_asks_nothing_any_more(visitor, asked, link):
    forum = db.session.scalars(select(ForumRow)).one()
    forum.state, forum.reason = "cancelled", "The hall is flooded"
    db.session.commit()
    page = visitor.get(link).text
    assert "Nothing to answer any more" in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize("language", ["en", "pl", "ar"])
def test_letters_tell_nothing_and_carry_a_link(visitor, database, language):
    signing_up.sign_up(make_forum(), young(14, first_name="Bonifacja"), at=now(), language=language)
    db.session.commit()
    letters = list(db.session.scalars(select(outbox.LetterRow)))
    assert len(letters) == 2
    for letter in letters:
        assert "/forums/" in letter.body
        told = f"{letter.subject}{letter.body}"
        assert not any(telling in told for telling in ("Getting home", "Bonifacja", "Canada"))


def test_for_an_invited_event_the_adult_reads_what_happens_and_who_is_there(visitor, database):
    made = signing_up.sign_up(make_forum(kind=Kind.AMBASSADORS), young(14), at=now(), language="en")
    db.session.commit()
    page = visitor.get(f"/forums/consent/{made.guardian_token}").text
    assert "Food, tables, what happens next" in page
    assert "Ruth Okafor" in page
    assert "/forums/invited/" not in page


def test_photos_about_which_nothing_was_said_are_no_said_no(visitor, slug_of_asked):
    page = visitor.get(slug_of_asked).text
    assert "The young person has not said yes to this" in page
    assert "has said no to this" not in page


@pytest.fixture
def slug_of_asked(visitor, database) -> str:
    sign_up(visitor, slug_of(make_forum()), FOURTEEN)
    return sign_ups.guardian_path(only(SignUpRow).id)
