"""Two people type each sheet of paper; what they read differently is shown; then its answers are sent, once."""

import json

import pytest
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.shared import db
from engage.shared.clock import now
from engage.surveys.actions import waves
from engage.surveys.models import AnswerRow, ResponseRow, SheetRow, VersionRow, WrittenRow
from engage.worker import clock
from tests.kinds import make_kinds_wave
from tests.people import make_person, sign_in
from tests.surveys import ANSWERS, count, make_wave

PAGE = "/desk/surveys/youth/paper/typing"
SHEET = {"_number": "17", "_place": "-", "_language": "en"}


@pytest.fixture
def wave(database):
    return make_wave()


@pytest.fixture
def first(app, wave):
    return sign_in(app.test_client(), make_person(Role.VOICE))


@pytest.fixture
def second(app, wave):
    return sign_in(app.test_client(), make_person(Role.VOICE))


def type_in(who, **changes):
    return who.fill_in(PAGE, **(SHEET | ANSWERS | changes))


def test_a_sheet_counts_once_two_people_have_typed_the_same(first, second):
    assert type_in(first).status_code == 303
    assert count(ResponseRow) == 0
    assert "waiting for you: 17." in second.get(PAGE).text
    assert "waiting for you" not in first.get(PAGE).text
    assert type_in(second, area_best=" The park  by the river").status_code == 303
    assert count(ResponseRow) == 1
    assert db.session.scalars(select(WrittenRow.words)).one() == "The park  by the river"
    assert db.session.scalars(select(SheetRow.typed)).one() is None


def test_paper_gives_the_same_answers_as_the_phone(app, first, second):
    app.test_client().fill_in("/s/youth", **ANSWERS)
    by_phone = set(db.session.execute(select(AnswerRow.item, AnswerRow.option)).tuples())
    type_in(first)
    type_in(second)
    every = list(db.session.execute(select(AnswerRow.item, AnswerRow.option)).tuples())
    # Which rotating rows were asked differs from sitting to sitting, so these are left out on both sides.
    plain = {one for one in by_phone if "worr" not in one[0]}
    assert all(every.count(one) == 2 for one in plain if one[1] != "skipped")


def test_one_person_alone_sends_nothing_and_may_put_their_own_right(first):
    type_in(first)
    assert type_in(first, age="15").status_code == 303
    assert count(ResponseRow) == 0
    assert '"15"' in db.session.scalars(select(SheetRow.typed)).one()


def test_what_two_people_read_differently_is_shown_and_sent_once_it_is_settled(first, second):
    type_in(first)
    answer = type_in(second, area_happy="unhappy", area_best="The pork by the river")
    assert answer.status_code == 422
    assert "The first person typed: Happy" in answer.text
    assert "The first person typed: The park by the river" in answer.text
    assert "The pork by the river" in answer.text
    assert count(ResponseRow) == 0
    assert type_in(second, area_happy="unhappy", _settled="y").status_code == 303
    assert count(ResponseRow) == 1
    given = db.session.scalars(select(AnswerRow.option).where(AnswerRow.item == "area_happy")).all()
    assert given == ["unhappy"]


def test_control_without_a_difference_nothing_is_to_be_settled(first, second):
    type_in(first)
    assert "The first person typed" not in second.get(PAGE).text
    assert type_in(second).status_code == 303


def test_a_sheet_that_is_in_is_not_taken_again(app, first, second):
    type_in(first)
    type_in(second)
    third = sign_in(app.test_client(), make_person(Role.VOICE))
    for who in (first, second, third):
        answer = type_in(who)
        assert answer.status_code == 422
        assert "is in" in answer.text
    assert count(ResponseRow) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"consent": "no"}, "They said no"),
        ({"consent": ""}, "Choose yes or no"),
        ({"age": ["14", "15"]}, "How old are you?"),
        ({"_number": ""}, "Type the number on the sheet"),
        ({"_number": "Ada Lovelace"}, "up to 12 digits or letters"),
        ({"area_happy": "made up"}, "Choose one of the answers"),
    ],
)
def test_what_cannot_be_right_is_said_and_what_was_typed_stays(first, changes, words):
    answer = type_in(first, **changes)
    assert answer.status_code == 422
    assert words in answer.text
    assert "The park by the river" in answer.text
    assert count(SheetRow) == 0


def test_a_wave_that_is_closed_takes_no_paper(first, wave):
    waves.close_wave(wave.id, roles=["voice"])
    db.session.commit()
    answer = type_in(first)
    assert answer.status_code == 409
    assert "The park by the river" in answer.text
    assert count(SheetRow) == 0


def test_what_one_person_typed_is_sealed_and_goes_after_the_last_day(first, wave):
    type_in(first)
    raw = db.session.connection().exec_driver_sql("SELECT typed FROM sheet").scalar()
    assert b"The park by the river" not in bytes(raw)
    db.session.rollback()
    clock.every_night(now(), wave.closes_on.replace(year=wave.closes_on.year + 1))
    assert count(SheetRow) == 0


def test_nothing_of_a_sheet_is_in_its_response(first, second):
    type_in(first)
    type_in(second)
    keys = {bytes(key) for key in db.session.scalars(select(SheetRow.key))}
    assert not keys & {bytes(key) for key in db.session.scalars(select(ResponseRow.key))}
    assert set(SheetRow.__table__.columns.keys()) == {"key", "wave_id", "number", "typed_by", "typed"}


@pytest.mark.parametrize("role", [Role.PQA, Role.SAFEGUARDING, Role.SCRUTINEER])
def test_others_type_nothing(visitor, wave, role):
    sign_in(visitor, make_person(role))
    assert visitor.get(PAGE).status_code == 403


KINDS_PAGE = "/desk/surveys/kinds/paper/typing"
EVERY_KIND = {
    "consent": "yes", "age": "14", "way": "other", "way:other": "By boat", "order": ["2.parks", "1.clubs", "3.shops"],
    "first_two": ["1.snow", "2.sun"], "buses": "12", "one_word": "Fine", "sure": "dont_know", "place": "tree",
    "who": "friend", "what": ["pool", "other"], "what:other": "A slide", "often": "always",
}  # fmt: skip


def test_a_sheet_of_every_kind_is_typed_twice_and_comes_in_whole(app, database):
    make_kinds_wave()
    first, second = (sign_in(app.test_client(), make_person(Role.VOICE)) for _ in range(2))
    for who in (first, second):
        assert who.fill_in(KINDS_PAGE, **(SHEET | EVERY_KIND)).status_code == 303
    chosen = set(db.session.execute(select(AnswerRow.item, AnswerRow.option)).tuples())
    assert {("order", "1.clubs"), ("order", "2.parks"), ("first_two", "2.sun"), ("buses", "12")} <= chosen
    assert {("sure", "dont_know"), ("place", "tree"), ("what", "other"), ("often", "always")} <= chosen
    assert set(db.session.scalars(select(WrittenRow.words))) == {"By boat", "Fine", "A slide"}


def test_what_stands_beside_other_and_the_order_are_held_against_each_other(app, database):
    make_kinds_wave()
    first, second = (sign_in(app.test_client(), make_person(Role.VOICE)) for _ in range(2))
    first.fill_in(KINDS_PAGE, **(SHEET | EVERY_KIND))
    other = {"way:other": "By bus", "order": ["1.parks", "2.clubs", "3.shops"]}
    answer = second.fill_in(KINDS_PAGE, **(SHEET | EVERY_KIND | other))
    assert answer.status_code == 422
    assert "The first person typed: Other, By boat" in answer.text
    assert "The first person typed: 2: Parks, 1: Clubs, 3: Shops" in answer.text
    assert 'value="By bus"' in answer.text, "what the second one typed stands there still"
    assert count(ResponseRow) == 0


def test_two_answers_in_one_place_are_told_and_kept(app, database):
    make_kinds_wave()
    who = sign_in(app.test_client(), make_person(Role.VOICE))
    answer = who.fill_in(KINDS_PAGE, **(SHEET | EVERY_KIND | {"order": ["1.parks", "1.clubs"]}))
    assert "Two answers have the same place" in answer.text
    assert 'value="By boat"' in answer.text
    assert count(SheetRow) == 0


def test_a_no_under_any_name_sends_nothing(app, database):
    wave = make_kinds_wave()
    document = json.loads(db.session.scalar(select(VersionRow.document).where(VersionRow.id == wave.version_id)))
    document["sections"][0]["items"][1]["code"] = "take_part"
    db.session.get_one(VersionRow, wave.version_id).document = json.dumps(document)
    db.session.get_one(VersionRow, wave.version_id).sha256 = "renamed"
    db.session.commit()
    who = sign_in(app.test_client(), make_person(Role.VOICE))
    answer = who.fill_in(KINDS_PAGE, **SHEET, take_part="no")
    assert "They said no" in answer.text
    assert count(SheetRow) == 0
