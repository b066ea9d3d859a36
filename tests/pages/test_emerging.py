"""What is new: found in the worker, shown protected in two tiers, and what a person decided about it stays."""

import json

import pytest
from sqlalchemy import delete, select

from engage.accounts.rules import Role
from engage.analysis import queries as analysis
from engage.analysis.actions import emerging as actions
from engage.analysis.actions import reporting
from engage.analysis.actions.snapshots import want_what_is_due
from engage.analysis.jobs import do_all
from engage.analysis.jobs.work import KINDS
from engage.analysis.models import CodingRow, EmergingRunRow, ExcerptRow, RiseDecisionRow, ThemeRow
from engage.analysis.queries.emerging import emerging_of
from engage.analysis.rules import Naming
from engage.shared import db, wanted
from engage.shared.clock import today
from engage.shared.errors import NotOpen
from tests.ended import VAPES, make_ended, say, usual
from tests.people import make_person, sign_in
from tests.surveys import make_wave

PAGE = "/desk/emerging/"
TEAM = [Role.VOICE]


@pytest.fixture
def voice(database):
    return make_person(Role.VOICE)


def compare(code="youth", roles=TEAM):
    actions.look_for_new(f"wave:{code}")
    db.session.commit()
    do_all()
    assert [work.failed for work in wanted.waiting()] == []
    db.session.expire_all()
    return emerging_of(f"wave:{code}", roles)


def make_two_waves(voice, *, vapes=14, size=200, earlier=1, minimum=8):
    read = (voice.id, today())
    for number in range(earlier):
        say(make_ended(f"before-{number}", days_ago=300 + 30 * number), *usual(size, number + 3), read=read)
    wave = make_ended(minimum=minimum)
    say(wave, *usual(size, 2, vapes=vapes), read=read)
    return wave


def vape(found):
    return next(one for one in found.rises if "vap" in one.what)


def test_a_new_concern_is_shown_with_protected_figures_and_what_could_have_been_seen(visitor, voice):
    make_two_waves(voice)
    rise = vape(compare())
    assert (rise.tier, rise.now.text, rise.before.hidden) == ("rise", "15", True)
    page = sign_in(visitor, voice).get(PAGE).text
    assert "clearly said more than before" in page
    assert "too few to count" in page
    assert "about 15 (" in page
    assert "14 (" not in page  # the true count
    assert "14 of" not in page
    assert "What we could have seen" in page
    assert sum(words in page for words in VAPES) == 3  # the exemplars


def test_nothing_new_says_what_could_have_been_seen(visitor, voice):
    make_two_waves(voice, vapes=0)
    found = compare()
    assert found.in_tier("rise") == []
    page = sign_in(visitor, voice).get(PAGE).text
    assert "That is not the same as “nothing is new”" in page
    assert "Something never said before: once about" in page


@pytest.mark.parametrize(
    ("before", "now", "needs"),
    [
        (None, usual(40, 1), "no earlier wave of this survey"),
        (usual(40, 1), usual(9, 2), "at least 30 in this wave"),
        (usual(40, 1), ["nothing", "idk", "n/a"] * 20, "Nobody wrote anything that says something"),
        (usual(40, 1), [], "Nobody wrote anything that says something"),
        (["nothing", "idk"] * 20, usual(40, 2), "needs an earlier wave with answers in people&#39;s own words"),
    ],
    ids=["no earlier wave", "too few", "all stock", "no answers", "stock before"],
)
def test_what_cannot_be_compared_says_what_is_needed(visitor, voice, before, now, needs):
    if before is not None:
        say(make_ended("before", days_ago=300), *before)
    say(make_ended(), *now)
    compare()
    assert needs in sign_in(visitor, voice).get(f"{PAGE}?subject=wave:youth").text.replace("’", "'")


def test_a_wave_that_runs_is_not_compared(database):
    make_wave()
    with pytest.raises(NotOpen):
        actions.look_for_new("wave:youth")


def test_a_rise_becomes_a_theme_with_its_answers_suggested_and_its_history(visitor, voice):
    make_two_waves(voice)
    found = compare()
    rise, reader = vape(found), sign_in(visitor, voice)
    path = f"{PAGE}{found.run_id}/{rise.number}"
    answer = reader.fill_in(path, to=f"{path}/confirm", into="", name="Vapes at school")
    assert answer.status_code == 303
    theme = db.session.scalars(select(ThemeRow)).one()
    assert (theme.name, theme.state, answer.location) == ("Vapes at school", "selected", f"/desk/themes/{theme.id}")
    codings = db.session.scalars(select(CodingRow).where(CodingRow.theme_id == theme.id)).all()
    assert len(codings) == 14
    assert {row.confirmed_by for row in codings} == {None}  # a person says yes to each
    assert any("was found to rise" in deed.did for deed in analysis.history(theme.id))
    assert "a concern, made a theme" in reader.get(path).text


def test_a_rise_joins_a_theme_that_is_there(visitor, voice):
    make_two_waves(voice)
    found, reader = compare(), sign_in(visitor, voice)
    theme = ThemeRow(name="Smoking", state="selected")
    db.session.add(theme)
    db.session.commit()
    path = f"{PAGE}{found.run_id}/{vape(found).number}"
    reader.fill_in(path, to=f"{path}/confirm", into=str(theme.id), name="")
    assert vape(emerging_of("wave:youth", TEAM)).theme_id == theme.id


def test_what_was_typed_wrong_is_kept_and_said(visitor, voice):
    make_two_waves(voice)
    found, reader = compare(), sign_in(visitor, voice)
    path = f"{PAGE}{found.run_id}/{vape(found).number}"
    answer = reader.fill_in(path, to=f"{path}/confirm", into="", name=" ")
    assert (answer.status_code, "Give the new theme a name" in answer.text) == (422, True)
    answer = reader.fill_in(path, to=f"{path}/dismiss", why="x" * 400)
    assert answer.status_code == 422
    assert "x" * 400 in answer.text
    assert reader.fill_in(path, to=f"{path}/confirm", into="999", name="").status_code == 422


def test_what_people_decided_survives_a_later_run(voice):
    make_two_waves(voice)
    found = compare()
    actions.dismiss(found.run_id, vape(found).number, "Ten friends wrote it together", by=voice, today=today())
    db.session.commit()
    again = compare()
    assert again.run_id != found.run_id
    assert vape(again).state == "dismissed"
    assert vape(again).history[-1].why == "Ten friends wrote it together"
    assert "vap" not in " ".join(one.what for one in again.in_tier("rise"))
    db.session.execute(delete(RiseDecisionRow))  # the control: without the decision it would be new again
    db.session.commit()
    assert vape(compare()).state == "new"


def test_a_confirmed_rise_keeps_its_theme_and_what_was_said_of_its_answers(voice):
    make_two_waves(voice)
    found = compare()
    naming = Naming("Vapes", "", sensitive=False)
    theme_id = actions.confirm_as_new(found.run_id, vape(found).number, naming, by=voice, today=today())
    row = db.session.scalars(select(CodingRow).where(CodingRow.theme_id == theme_id).limit(1)).one()
    row.refused, row.confirmed_by = True, voice.id
    key = row.excerpt_key
    db.session.commit()
    again = compare()
    assert (vape(again).state, vape(again).theme_id) == ("confirmed", theme_id)
    assert db.session.get_one(CodingRow, (key, theme_id)).refused


def test_nobody_decides_twice_and_a_decision_can_be_taken_back(voice):
    make_two_waves(voice)
    found = compare()
    run, number = found.run_id, vape(found).number
    actions.dismiss(run, number, "It was one lesson about it", by=voice, today=today())
    with pytest.raises(NotOpen):
        actions.dismiss(run, number, "Again", by=voice, today=today())
    actions.look_again(run, number, by=voice, today=today())
    assert vape(emerging_of("wave:youth", TEAM)).state == "new"
    assert [one.state for one in vape(emerging_of("wave:youth", TEAM)).history] == ["dismissed", "new"]


@pytest.mark.parametrize(
    ("words", "times", "flagged"),
    [("knives after school on my road", 9, False), ("he said he will hurt me", 14, True)],
    ids=["too few to count", "worrying"],
)
def test_the_panel_does_not_see_a_rise_of_few_or_of_worrying_answers(visitor, voice, words, times, flagged):
    wave = make_two_waves(voice, vapes=0, earlier=4, minimum=10)
    say(wave, *[words] * times, read=(voice.id, today()), flagged=flagged)
    rise = compare().rises[0]
    assert rise.what in sign_in(visitor, voice).get(PAGE).text  # the control
    panel = sign_in(visitor, make_person(Role.PQA)).get(PAGE).text
    assert rise.what not in panel
    assert "not shown here: too few answers, or worrying ones" in panel
    path = f"{PAGE}{compare().run_id}/{rise.number}"
    assert visitor.get(path).status_code == 404


def test_only_answers_that_a_person_checked_are_quoted(visitor, voice):
    say(make_ended("before", days_ago=300), *usual(200, 1))
    say(make_ended(), *usual(200, 2, vapes=14))
    assert vape(compare()).quotes == ()
    assert "No answer behind it has been read and checked" in sign_in(visitor, voice).get(PAGE).text


def test_codes_are_compared_only_where_people_coded_both_waves(voice):
    make_two_waves(voice)
    assert not compare().with_codes
    theme = ThemeRow(name="Buses", state="selected")
    db.session.add(theme)
    db.session.flush()
    found = db.session.execute(select(ExcerptRow.key, ExcerptRow.words)).all()
    db.session.add_all(
        CodingRow(excerpt_key=key, theme_id=theme.id, confirmed_by=voice.id) for key, words in found if "bus" in words
    )
    db.session.commit()
    assert compare().with_codes


def test_a_changed_result_is_refused_with_a_sentence(visitor, voice):
    make_two_waves(voice)
    compare()
    assert sign_in(visitor, voice).get(PAGE).status_code == 200  # the control
    row = db.session.scalars(select(EmergingRunRow)).one()
    row.body = row.body.replace('"tests":', '"tests":9')
    db.session.commit()
    answer = visitor.get(PAGE)
    assert answer.status_code == 409
    assert "changed them in the database afterwards" in answer.text
    assert visitor.get("/desk/").status_code == 200


def test_a_result_says_how_it_was_computed_and_comes_out_the_same_again(visitor, voice):
    make_two_waves(voice)
    first, again = compare(), compare()
    assert (first.origin.inputs, first.origin.seed) == (again.origin.inputs, 0)
    bodies = [json.loads(row.body) for row in db.session.scalars(select(EmergingRunRow))]
    assert bodies[0] == bodies[1]
    page = sign_in(visitor, voice).get(PAGE).text
    assert first.origin.inputs[:16] in page
    assert again.origin.sha256[:16] in page
    assert "emerging 1" in page


def test_the_page_shows_how_far_the_worker_has_come(visitor, voice):
    make_two_waves(voice, size=20, vapes=0)
    reader = sign_in(visitor, voice)
    reader.fill_in(PAGE, to=f"{PAGE}look", subject="wave:youth")
    assert "waiting for the worker" in reader.get(PAGE).text
    wanted.say("emerging", "wave:youth", "Comparing 20 answers with 20 of 1 earlier waves")
    db.session.commit()
    assert "Comparing 20 answers with 20" in reader.get(PAGE).text


def test_waves_that_ended_are_compared_by_themselves(database):
    wave = make_ended()
    want_what_is_due()
    asked = {(work.kind, work.subject) for work in wanted.waiting()}
    assert (
        {(kind, f"wave:{wave.code}") for kind in ("emerging", "serious")}
        <= asked
        <= {(kind, f"wave:{wave.code}") for kind in KINDS}
    )


def test_a_wave_is_compared_once_more_when_it_is_reported_and_coded(voice):
    make_ended()
    reporting.report_wave("youth", by=voice)
    assert ("emerging", "wave:youth") in {(work.kind, work.subject) for work in wanted.waiting()}


def test_what_is_new_waits_on_today_until_somebody_decides(visitor, voice):
    make_two_waves(voice)
    found, reader = compare(), sign_in(visitor, voice)
    assert "Something new to decide about" in reader.get("/desk/").text
    for rise in found.in_tier("rise"):
        actions.dismiss(found.run_id, rise.number, "Known for years", by=voice, today=today())
    db.session.commit()
    assert "Something new to decide about" not in reader.get("/desk/").text


def test_the_page_costs_as_many_statements_however_much_rose(visitor, voice, statements):
    wave = make_two_waves(voice, vapes=0)
    reader, seen = sign_in(visitor, voice), []
    for words in ("nobody listens to us at council", "scooters on the pavement near me"):
        say(wave, *[words] * 16, read=(voice.id, today()))
        found = compare()
        statements.clear()
        assert reader.get(PAGE).status_code == 200
        seen.append((len(found.rises), len(statements)))
    assert seen[0][0] < seen[1][0]
    assert seen[0][1] == seen[1][1] <= 13
