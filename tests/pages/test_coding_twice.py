"""A second person codes a share of the answers blind; how far both agree is computed, and what they settle counts."""

import pytest

from engage.accounts.rules import Role
from engage.analysis.actions import coding as actions
from engage.analysis.jobs import do_all
from engage.analysis.method.agreement import alpha
from engage.analysis.models import CodedRow
from engage.analysis.queries.agreement import agreements, codings_twice, differences
from engage.analysis.queries.coding import Which, answer_in, frame_beside, next_to_code, progress
from engage.shared import db, wanted
from engage.shared.errors import NotFound, NotOpen, NotValid
from engage.surveys.queries.places import place
from tests.answers import BUS, PARK
from tests.coding import code, codings, held, make_coded
from tests.people import make_person, sign_in
from tests.surveys import make_wave


@pytest.fixture
def wave(database):
    return make_wave()


@pytest.fixture
def voice(database):
    return make_person(Role.VOICE, name="Ada")


@pytest.fixture
def second(database):
    return make_person(Role.VOICE, name="Ben")


def here():
    return Which(place("wave:youth"), second=True)


def compute():
    wanted.want("agree", "wave:youth")
    db.session.commit()
    do_all()
    assert [work.failed for work in wanted.waiting()] == []


def test_a_second_reader_sees_nothing_of_what_the_first_one_said(wave, voice, second):
    found, bus, _ = make_coded(wave, voice)
    shown = next_to_code(here(), by=second.id)
    assert shown is not None
    lines = frame_beside(shown.id, shown.words, second=True, by=second.id)
    assert not any(line.on or line.suggested for line in lines)
    first = frame_beside(found[BUS[0]], BUS[0], second=False, by=second.id)
    assert [line.theme_id for line in first if line.on] == [bus]  # control: the ordinary page shows it


def test_nobody_reads_their_own_answers_second(wave, voice, second):
    found, bus, _ = make_coded(wave, voice)
    assert next_to_code(here(), by=voice.id) is None
    with pytest.raises(NotOpen):
        actions.code_again(found[BUS[0]], [bus], by=voice, today=wave.closes_on)
    with pytest.raises(NotFound):
        answer_in(here(), found[BUS[0]], by=voice.id)
    assert progress(here(), by=second.id).total == 16


def test_what_the_second_one_says_changes_no_coding(wave, voice, second):
    found, bus, park = make_coded(wave, voice)
    code(found[BUS[0]], park, by=second, again=True)
    assert held(found[BUS[0]]) == {bus}
    assert park not in codings(found[BUS[0]])
    assert (progress(here(), by=second.id).done, progress(here(), by=second.id).total) == (1, 16)


def test_what_was_said_before_they_talked_stays_for_the_figure(wave, voice, second):
    found, bus, park = make_coded(wave, voice)
    code(found[BUS[0]], park, by=second, again=True)
    code(found[BUS[0]], park, by=voice)  # having seen the other's choice
    assert held(found[BUS[0]]) == {park}
    said = {person: themes for person, key, themes in codings_twice(here().place) if key.hex() == found[BUS[0]]}
    assert said == {voice.id: {bus}, second.id: {park}}
    with pytest.raises(NotOpen):
        actions.take_back(found[BUS[0]], by=voice)


def test_agreement_is_that_of_the_method_and_stands_on_the_frame_page(wave, voice, second, visitor):
    found, bus, park = make_coded(wave, voice)
    for words in BUS[:8]:
        code(found[words], bus, by=second, again=True)
    for words in PARK[:7]:
        code(found[words], park, by=second, again=True)
    code(found[PARK[7]], by=second, again=True)
    compute()
    shown = agreements()[0].agreement
    right = alpha(
        [("Ada", n, {bus if n < 8 else park}) for n in range(16)]
        + [("Ben", n, {bus} if n < 8 else {park} if n < 15 else set()) for n in range(16)]
    )
    assert (shown.alpha, shown.answers, shown.same) == (pytest.approx(right.alpha), 16, 15)
    assert shown.interval is not None
    sign_in(visitor, voice)
    page = visitor.get("/desk/frame/").text
    assert "two people coded 16 answers without seeing each other’s choice" in page
    assert f"{right.alpha:.2f}" in page
    assert "/desk/frame/differences/wave:youth" in page


def test_differences_are_listed_and_what_is_decided_counts(wave, voice, second, visitor):
    found, bus, park = make_coded(wave, voice)
    code(found[BUS[0]], bus, park, by=second, again=True)
    code(found[BUS[1]], bus, by=second, again=True)
    assert [one.excerpt.id for one in differences(here().place)] == [found[BUS[0]]]
    sign_in(visitor, voice)
    path = "/desk/frame/differences/wave:youth"
    page = visitor.get(path).text
    assert "Ada" in page
    assert "Ben" in page
    wrong = visitor.fill_in(path, to=f"{path}/{found[BUS[0]]}")
    assert wrong.status_code == 422
    assert "Choose a theme" in wrong.text
    visitor.fill_in(path, to=f"{path}/{found[BUS[0]]}", themes=[park])
    assert held(found[BUS[0]]) == {park}
    assert codings(found[BUS[0]])[bus].refused
    assert "Decided on" in visitor.get(path).text
    assert db.session.query(CodedRow).filter_by(settled_by=voice.id).count() == 1
    assert len(codings_twice(here().place)) == 4  # the figure rests on what they said first


def test_the_page_for_the_second_reader_codes_and_takes_back(wave, voice, second, visitor):
    found, bus, _ = make_coded(wave, voice)
    sign_in(visitor, second)
    path = "/desk/coding/?subject=wave:youth&second=1"
    shown = next_to_code(here(), by=second.id).id
    visitor.fill_in(path, to=f"/desk/coding/{shown}?subject=wave:youth&second=1", themes=[bus])
    assert "1 of 16" in visitor.get(path).text
    after = f"/desk/coding/?subject=wave:youth&second=1&trail={shown}"
    visitor.fill_in(after, to=f"/desk/coding/{shown}/undo?subject=wave:youth&second=1&trail={shown}")
    assert "0 of 16" in visitor.get(path).text
    assert held(found[BUS[0]]) == {bus}


def test_agreement_needs_somebody_who_coded_twice(wave, voice):
    make_coded(wave, voice)
    with pytest.raises(NotValid, match="second time"):
        actions.ask_for_agreement("wave:youth")
    compute()
    assert agreements() == []


def test_it_is_computed_by_itself_after_every_ten(wave, voice, second):
    found, bus, _ = make_coded(wave, voice)
    for words in (*BUS[:8], PARK[0]):
        code(found[words], bus, by=second, again=True)
    assert wanted.waiting() == []
    code(found[PARK[1]], bus, by=second, again=True)
    assert [one.kind for one in wanted.waiting()] == ["agree"]
