"""One question in the words of several ages: counted together by the rules of their surveys, once, and protected."""

from dataclasses import replace

import pytest

from engage.accounts.rules import Role
from engage.analysis.jobs import counting, do_all
from engage.analysis.jobs.merging import ages_of, together
from engage.analysis.method.small_numbers import audit
from engage.analysis.models import MergedRow
from engage.analysis.queries.merging import merged_of_wave
from engage.analysis.rules.merging import subject_of
from engage.shared import db, wanted
from engage.surveys.models import WaveRow
from tests.ended import make_ended
from tests.family import everything_of, make_age, publish_family
from tests.method.tables import publish_unguarded
from tests.pages.test_snapshot import freeze
from tests.people import make_person, sign_in
from tests.surveys import count

ASKED = "say_decisions"
SMALL = {ASKED: ["yes"] * 40 + ["no"] * 12 + ["sometimes"] * 3}
OTHER = {ASKED: ["always"] * 40 + ["sometimes"] * 12}


@pytest.fixture
def two(database):
    """An age of which three said "sometimes", and one of which nobody said no."""
    made = [make_age("care_8", **SMALL), make_age("care_11", **OTHER)]
    for one in made:
        freeze(one.code)
    return made


def the_sum_of(waves):
    subject = subject_of("care", waves[0].closes_on)
    return together(subject, ASKED, ages_of(subject))


def test_ages_are_counted_together_by_the_rules_of_their_surveys(two):
    found = merged_of_wave("care-8")
    (line,) = found.lines
    assert found.waves.keys() == {"care-8", "care-11"}
    assert [face.survey for face in line.faces] == ["Children in care, 8 to 10", "Children in care, 11 to 17"]
    assert dict(line.faces[1].rule)["Hardly ever"] == "No"
    assert (line.table.base().text, line.table.cell("yes").text) == ("105", "80")
    assert the_sum_of(two).counts == {("yes",): 80, ("sometimes",): 15, ("no",): 12}


def test_no_hidden_figure_of_an_age_can_be_worked_out_from_all_ages_together(two):
    assert merged_of_wave("care-8").line("say_decisions")
    found = audit(everything_of(two))
    assert (found.safe, found.pinned) == (True, 0)


def test_a_sum_protected_without_looking_at_its_parts_would_pin_a_hidden_figure(database):
    waves = publish_family(1, sizes=(25, 30))
    assert audit(everything_of(waves)).pinned == 0
    assert audit(everything_of(waves, guarded=False)).pinned > 0


def test_with_the_guard_off_the_sum_pins_the_three_of_one_age(two):
    ages = ages_of(subject_of("care", two[0].closes_on))
    first, second = (publish_unguarded(counting.answers(one.counts, one.definition.item(ASKED))) for one in ages)
    first = replace(first, cells=tuple(replace(one, shown=None) if one.at == ("no",) else one for one in first.cells))
    assert audit([first, second]).pinned == 0
    pinned = [one for one in audit([first, second, publish_unguarded(the_sum_of(two))]).ranges if one.low == one.high]
    assert ("care-8", 3) in [(one.of, one.low) for one in pinned]


@pytest.mark.parametrize("seed", [2, 3])
def test_no_hidden_figure_of_a_whole_family_can_be_worked_out(database, seed):
    waves = publish_family(seed, sizes=(30, 44, 61))
    found = audit(everything_of(waves), exact=False)
    assert found.ranges
    assert (found.safe, found.pinned) == (True, 0)


def test_nothing_is_counted_together_while_one_age_is_still_asked_and_then_once_for_good(database):
    first, second = make_age("care_8", **SMALL), make_ended("care-11", days_ago=0, template="care_11")
    db.session.get_one(WaveRow, second.id).state = "open"
    db.session.commit()
    freeze(first.code)
    assert merged_of_wave("care-8") is None
    db.session.get_one(WaveRow, second.id).state = "closed"
    db.session.commit()
    freeze(second.code)
    assert count(MergedRow) == 1
    wanted.want("merged", subject_of("care", first.closes_on))
    db.session.commit()
    do_all()
    assert count(MergedRow) == 1


def test_one_age_alone_is_together_with_nobody(database):
    freeze(make_age("care_8", **SMALL).code)
    assert count(MergedRow) == 0


def test_the_panel_reads_which_faces_were_merged_by_which_rule_with_their_bases(visitor, two):
    reader = sign_in(visitor, make_person(Role.SCRUTINEER))
    assert "All ages together" in reader.get("/desk/results/care-8").text
    question = reader.get("/desk/results/care-11/say_decisions").text
    found = merged_of_wave("care-8")
    address = f"/desk/merged/care/{found.quarter}"
    assert f"{address}#say_decisions" in question
    page = " ".join(reader.get(address).text.split())
    for words in ("Hardly ever counts as <strong>No</strong>", "Base, all ages together", "Do adults ask you before"):
        assert words in page
    assert "Hardly ever counts as No" in reader.get("/desk/results/care-8/files/print").text
    csv = reader.get("/desk/results/care-8/files/results.csv").text
    assert "all ages together" in csv
    assert reader.get("/desk/merged/care/2020-01").status_code == 404
    assert reader.get("/desk/merged/care/2020-02").status_code == 404
